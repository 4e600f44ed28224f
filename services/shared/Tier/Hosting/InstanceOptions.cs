using System.ComponentModel.DataAnnotations;

namespace FundingFlows.Tiers;

/// <summary>A body that this instance hosts.</summary>
public sealed class HostedBodyOptions
{
    public string Id { get; set; } = "";

    /// <summary>Official name of the public body or forum.</summary>
    public string OfficialName { get; set; } = "";

    /// <summary>The body that registers it. A body that names itself is the federation's root.</summary>
    public string RegisteredBy { get; set; } = "";

    /// <summary>What it is in law. Unspecified: nobody says, and nothing follows from it.</summary>
    public LegalForm LegalForm { get; set; }
}

/// <summary>Where an instance is reached.</summary>
public sealed class InstanceAddress
{
    /// <summary>Its gRPC port, for example <c>http://127.0.0.1:7001</c>.</summary>
    public string Grpc { get; set; } = "";

    /// <summary>Its HTTP/1.1 port.</summary>
    public string Http { get; set; } = "";
}

/// <summary>The settings of an instance: section <c>FundingFlows</c>. All faults are reported at start, and stop it.</summary>
public sealed class InstanceOptions : IValidatableObject
{
    public const string Section = "FundingFlows";
    private const int MostPort = 65_535;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Id of the federation.</summary>
    public string Federation { get; set; } = "";

    /// <summary>The key of the federation's root as a C2SP vkey. Every trust in a body's key ends here.</summary>
    public string TrustRoot { get; set; } = "";

    /// <summary>
    /// A checkpoint that the root has signed, for the root's own instance: of the entries that its epoch keeps that <see cref="TrustRoot"/> names. Empty: that has
    /// begun before, or is the first.
    /// </summary>
    public string RootKeeps { get; set; } = "";

    /// <summary>The folder that keeps documents and keys, and journals where no <see cref="Store"/> is named.</summary>
    public string Data { get; set; } = "";

    /// <summary>The PostgreSQL database that keeps journals, as Npgsql's connection string. Empty: they are in a SQLite file in the data folder.</summary>
    public string Store { get; set; } = "";

    /// <summary>The bodies that this instance hosts. Empty for one that only follows.</summary>
    public IList<HostedBodyOptions> Bodies { get; } = [];

    /// <summary>Which instance hosts a body: addresses, not trust.</summary>
    public IDictionary<string, string> Directory { get; } = new Dictionary<string, string>();

    /// <summary>The bodies of the federation by their identifiers as organisations (<c>GB-CHC-1234567</c>), in any letters: none of them is a payee.</summary>
    public IDictionary<string, string> Organisations { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where each instance is reached.</summary>
    public IDictionary<string, InstanceAddress> Instances { get; } = new Dictionary<string, InstanceAddress>();

    /// <summary>The name of the instance that audits: it is asked what it has seen, and witnesses. Empty: there is none.</summary>
    public string Audit { get; set; } = "";

    /// <summary>The names of instances that audit beside it.</summary>
    public IList<string> FurtherAuditors { get; } = [];

    public PortOptions Ports { get; set; } = new();

    public SignInOptions SignIn { get; set; } = new();

    public EventOptions Events { get; set; } = new();

    /// <summary>How deliveries to other bodies are watched.</summary>
    public CourierOptions Courier { get; set; } = new();

    /// <summary>How long a body that starts asks on for an auditor that does not answer.</summary>
    public AskingOptions Asking { get; set; } = new();

    /// <summary>At the least so long between two signatures of a body's checkpoint.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>At the least so long between two checkpoints of a body that one witness is sent.</summary>
    public TimeSpan WitnessInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>End when standard input ends: then a host that dies takes its services with it.</summary>
    public bool StopWithStandardInput { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Names.IsFederation(Federation))
            yield return Fault(nameof(Federation), $"'{Federation}' is no id of a federation: use letters, digits, dots and hyphens.");
        if (!VerifierKey.TryParse(TrustRoot, out var root))
            yield return Fault(nameof(TrustRoot), "is not a C2SP verifier key (name+id+key).");
        else if (Names.IsFederation(Federation) && !root.Name.StartsWith(Federation + "/", StringComparison.Ordinal))
            yield return Fault(nameof(TrustRoot), $"is the key of {root.Name}, which is not of federation {Federation}.");
        else if (!JournalOrigin.TryParse(root.Name, out _))
            yield return Fault(nameof(TrustRoot), $"is the key of {root.Name}, which names no journal: federation/body/epoch.");
        else if (RootEpoch.FaultOf(this, root) is { } fault)
            yield return Fault(nameof(RootKeeps), fault);
        if (string.IsNullOrWhiteSpace(Data))
            yield return Fault(nameof(Data), "names no folder for journals.");
        // It is not repeated: it may hold a password.
        if (Store.Length > 0 && !PostgresJournalStore.IsConnectionString(Store))
            yield return Fault(nameof(Store), "is no connection string of a PostgreSQL database: Host=...;Database=...;Username=...;Password=...");
        foreach (var body in Bodies.Where(body => !Names.IsBody(body.Id) || !Names.IsBody(body.RegisteredBy)))
            yield return Fault(nameof(Bodies), $"'{body.Id}', registered by '{body.RegisteredBy}', cannot be hosted: both must be ids of bodies.");
        foreach (var body in Bodies.Where(body => !Names.IsLabel(body.OfficialName)))
            yield return Fault(nameof(Bodies), $"{body.Id} needs an official name of 1 to 100 characters.");
        foreach (var body in Bodies.Where(body => !Enum.IsDefined(body.LegalForm)))
            yield return Fault(nameof(Bodies), $"{body.Id} is of legal form {body.LegalForm}, which there is not.");
        foreach (var twice in Bodies.GroupBy(body => body.Id).Where(same => same.Count() > 1))
            yield return Fault(nameof(Bodies), $"{twice.Key} is hosted twice.");
        foreach (var (body, instance) in Directory.Where(place => !Instances.ContainsKey(place.Value)))
            yield return Fault(nameof(Directory), $"{body} is at {instance}, which has no address under {nameof(Instances)}.");
        foreach (var (organisation, body) in Organisations.Where(one => !Names.IsOrganisation(one.Key) || !Names.IsBody(one.Value)))
            yield return Fault(nameof(Organisations), $"'{organisation}' is no identifier of the organisation '{body}': write it as org-id.guide does, for example GB-CHC-1234567, and a body's id.");
        foreach (var many in Organisations.GroupBy(one => one.Value).Where(all => all.Count() > Names.MostOrganisations))
            yield return Fault(nameof(Organisations), $"{many.Key} has {many.Count()} identifiers as an organisation; a body has at most {Names.MostOrganisations}.");
        foreach (var (name, _) in Instances.Where(instance => !IsAddress(instance.Value.Grpc)))
            yield return Fault(nameof(Instances), $"{name} has no gRPC address that begins with http:// or https://.");
        if (Audit.Length > 0 && !Instances.ContainsKey(Audit))
            yield return Fault(nameof(Audit), $"is {Audit}, which has no address under {nameof(Instances)}.");
        foreach (var name in FurtherAuditors.Where(name => !Instances.ContainsKey(name)))
            yield return Fault(nameof(FurtherAuditors), $"name {name}, which has no address under {nameof(Instances)}.");
        if (Ports.Grpc is < 0 or > MostPort || Ports.Http is < 0 or > MostPort)
            yield return Fault(nameof(Ports), $"are {Ports.Grpc} and {Ports.Http}; a port is 1 to {MostPort}, or 0 for any that is free.");
        if (SignIn.Authority.Length > 0 && !IsAddress(SignIn.Authority))
            yield return Fault(nameof(SignIn), $"'{SignIn.Authority}' is not the address of an issuer of tokens.");
        else if (SignIn.RequireHttps && SignIn.Authority.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
            yield return Fault(nameof(SignIn), $"'{SignIn.Authority}' is not reached by HTTPS, which {nameof(SignInOptions.RequireHttps)} asks for.");
        if (SignIn.Audience.Length == 0)
            yield return Fault(nameof(SignIn), "names no audience: no token could be believed.");
        if (CheckpointInterval < TimeSpan.Zero || CheckpointInterval > Day)
            yield return Fault(nameof(CheckpointInterval), $"is {CheckpointInterval}; it is from 0 to a day.");
        if (WitnessInterval < TimeSpan.Zero || WitnessInterval > Day)
            yield return Fault(nameof(WitnessInterval), $"is {WitnessInterval}; it is from 0 to a day.");
        if (Events.LookAnyway <= TimeSpan.Zero || Events.LookAnyway > Day)
            yield return Fault(nameof(Events), $"look anyway every {Events.LookAnyway}; it is above 0 and at most a day.");
        if (Courier.AlarmAfter <= TimeSpan.Zero || Courier.AlarmAfter > Day)
            yield return Fault(nameof(Courier), $"alarms after {Courier.AlarmAfter}; it is above 0 and at most a day.");
        if (Asking.ForAuditor < TimeSpan.Zero || Asking.ForSilent < Asking.ForAuditor || Asking.ForSilent > Day)
            yield return Fault(nameof(Asking), $"is for {Asking.ForAuditor}, and where others are silent for {Asking.ForSilent}; the second is no shorter than the first and at most a day.");
        if (string.IsNullOrWhiteSpace(Events.PubSub))
            yield return Fault(nameof(Events), "name no pub/sub component.");
    }

    /// <summary>Without a scheme the name of a machine would itself be read as one.</summary>
    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static ValidationResult Fault(string setting, string what) => new($"{Section}:{setting} {what}", [setting]);
}

/// <summary>The two ports of an instance. 0: any that is free.</summary>
public sealed class PortOptions
{
    /// <summary>HTTP/2, for gRPC.</summary>
    public int Grpc { get; set; }

    /// <summary>HTTP/1.1, for REST, health, checkpoints and the callbacks of Dapr.</summary>
    public int Http { get; set; }

    /// <summary>Listen on every network address, not on loopback alone.</summary>
    public bool AnyAddress { get; set; }
}

/// <summary>Whose tokens are believed.</summary>
public sealed class SignInOptions
{
    /// <summary>Address of the OpenID Connect issuer. Empty: no token is believed, and nobody can command.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The audience that a token must name.</summary>
    public string Audience { get; set; } = "fundingflows";

    /// <summary>Whether the issuer must be reached by HTTPS. Only a development issuer on loopback is not.</summary>
    public bool RequireHttps { get; set; } = true;
}

/// <summary>How news of journals travels.</summary>
public sealed class EventOptions
{
    /// <summary>The Dapr pub/sub component. Used where there is a sidecar.</summary>
    public string PubSub { get; set; } = "pubsub";

    /// <summary>Follow by events alone, where something on the way cuts long calls. Otherwise by events and streams, whichever is first.</summary>
    public bool WithoutStreams { get; set; }

    /// <summary>How often a follower looks by itself where it relies on events alone, which may be lost.</summary>
    public TimeSpan LookAnyway { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>How deliveries to other bodies are watched.</summary>
public sealed class CourierOptions
{
    /// <summary>How long the oldest delivery to a body may wait for its answer before that is said aloud.</summary>
    public TimeSpan AlarmAfter { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>
/// How long a body that starts asks on for an auditor before it goes on by the word of the body that registers it. Where an auditor answers, it goes on at once.
/// </summary>
public sealed class AskingOptions
{
    /// <summary>Where everybody that it deals with has told what they know of its journal.</summary>
    public TimeSpan ForAuditor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Where some of them are silent too.</summary>
    public TimeSpan ForSilent { get; set; } = TimeSpan.FromSeconds(30);
}
