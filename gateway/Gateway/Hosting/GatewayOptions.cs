using System.ComponentModel.DataAnnotations;

namespace FundingFlows.Gateway;

/// <summary>Where an instance behind the gateway is reached.</summary>
public sealed class InstanceAddress
{
    /// <summary>Its gRPC port, for example <c>http://127.0.0.1:7001</c>.</summary>
    public string Grpc { get; set; } = "";

    /// <summary>Its HTTP/1.1 port.</summary>
    public string Http { get; set; } = "";
}

/// <summary>The settings of the gateway: section <c>FundingFlows</c>. All faults are reported at start, and stop it.</summary>
public sealed class GatewayOptions : IValidatableObject
{
    public const string Section = "FundingFlows";
    private const int MostPort = 65_535;

    /// <summary>Which instance hosts a body.</summary>
    public IDictionary<string, string> Directory { get; } = new Dictionary<string, string>();

    /// <summary>Where each instance is reached, by name.</summary>
    public IDictionary<string, InstanceAddress> Instances { get; } = new Dictionary<string, InstanceAddress>();

    /// <summary>The name of the audit instance.</summary>
    public string Audit { get; set; } = "";

    /// <summary>What stands at the head of the page, for example that this is a demonstration. Empty: nothing.</summary>
    public string Notice { get; set; } = "";

    public PortOptions Ports { get; set; } = new();

    /// <summary>End when standard input ends: then a host that dies takes the gateway with it.</summary>
    public bool StopWithStandardInput { get; set; }

    /// <summary>The instances that the gateway stands before: those that host bodies, and the auditor.</summary>
    public IEnumerable<KeyValuePair<string, InstanceAddress>> Behind =>
        Instances.Where(instance => instance.Key == Audit || Directory.Values.Contains(instance.Key));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Instances.ContainsKey(Audit))
            yield return Fault(nameof(Audit), $"names '{Audit}', which has no address under {nameof(Instances)}.");
        foreach (var (body, instance) in Directory.Where(place => !Instances.ContainsKey(place.Value)))
            yield return Fault(nameof(Directory), $"says that {body} is at {instance}, which has no address under {nameof(Instances)}.");
        foreach (var (name, address) in Behind)
        {
            if (!IsAddress(address.Grpc))
                yield return Fault(nameof(Instances), $"gives {name} no gRPC address that begins with http:// or https://.");
            if (!IsAddress(address.Http))
                yield return Fault(nameof(Instances), $"gives {name} no HTTP address that begins with http:// or https://.");
        }
        if (Ports.Grpc is < 0 or > MostPort || Ports.Http is < 0 or > MostPort)
            yield return Fault(nameof(Ports), $"are {Ports.Grpc} and {Ports.Http}; a port is 1 to {MostPort}, or 0 for any that is free.");
    }

    /// <summary>Without a scheme the name of a machine would itself be read as one.</summary>
    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    private static ValidationResult Fault(string setting, string what) => new($"{Section}:{setting} {what}", [setting]);
}

/// <summary>The two ports of the gateway. 0: any that is free.</summary>
public sealed class PortOptions
{
    /// <summary>HTTP/2, for gRPC.</summary>
    public int Grpc { get; set; } = 5081;

    /// <summary>HTTP/1.1, for REST and pages.</summary>
    public int Http { get; set; } = 5080;

    /// <summary>Listen on every network address, not on loopback alone.</summary>
    public bool AnyAddress { get; set; }
}
