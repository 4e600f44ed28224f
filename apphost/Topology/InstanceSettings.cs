using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FundingFlows.Topologies;

/// <summary>Where an instance listens.</summary>
public readonly record struct InstancePorts(int Grpc, int Http);

/// <summary>
/// The settings of an instance, as names and values under <c>FundingFlows</c>. Written to a file by both hosts; one of them gives
/// addresses as environment.
/// </summary>
public static class InstanceSettings
{
    private const string Section = "FundingFlows";
    /// <summary>People copy keys from these files, which no browser reads: a plus is written as it is.</summary>
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What an instance must know whoever starts it: the federation, the bodies that it hosts, and where every body is.</summary>
    public static SortedDictionary<string, string> Of(Topology topology, FederationSetup federation, Instance instance)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [$"{Section}:Federation"] = federation.Id,
            [$"{Section}:TrustRoot"] = federation.TrustRoot,
            [$"{Section}:Data"] = Path.Combine(federation.Data, instance.Name),
            [$"{Section}:Audit"] = topology.Audit.Name,
        };
        foreach (var (body, i) in topology.HostedBy(instance).Select((body, i) => (body, i)))
        {
            settings[$"{Section}:Bodies:{i}:Id"] = body.Id;
            settings[$"{Section}:Bodies:{i}:OfficialName"] = body.Name;
            settings[$"{Section}:Bodies:{i}:RegisteredBy"] = body.RegisteredBy;
            settings[$"{Section}:Bodies:{i}:LegalForm"] = $"{body.LegalForm}";
        }
        foreach (var body in topology.Bodies)
        {
            settings[$"{Section}:Directory:{body.Id}"] = body.Instance;
            foreach (var organisation in body.Organisations)
                settings[$"{Section}:Organisations:{organisation}"] = body.Id;
        }
        return settings;
    }

    /// <summary>Writes settings to the file of an instance, in its folder. Answers with the file's path.</summary>
    public static string Write(IReadOnlyDictionary<string, string> settings, FederationSetup federation, Instance instance)
    {
        var folder = Path.Combine(federation.Data, instance.Name);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "settings.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings, Indented));
        return file;
    }

    /// <summary>Where every instance is reached, on loopback.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Addresses(IReadOnlyDictionary<string, InstancePorts> ports)
    {
        foreach (var (name, port) in ports)
        {
            yield return new($"{Section}:Instances:{name}:Grpc", Loopback(port.Grpc));
            yield return new($"{Section}:Instances:{name}:Http", Loopback(port.Http));
        }
    }

    /// <summary>Where the instance itself listens.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Ports(InstancePorts ports) =>
    [
        new($"{Section}:Ports:Grpc", ports.Grpc.ToString(CultureInfo.InvariantCulture)),
        new($"{Section}:Ports:Http", ports.Http.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>What the gateway's page says at its head: that what it shows is a sample.</summary>
    public static KeyValuePair<string, string> SampleNotice { get; } = new(
        $"{Section}:Notice",
        "This is an illustration. Amounts of awards from the Levelling Up Fund are public figures. Forums, routes, payees and payments are invented.");

    /// <summary>Whose tokens are believed: an issuer on loopback, for development.</summary>
    public static IEnumerable<KeyValuePair<string, string>> DevelopmentSignIn(string authority) =>
    [
        new($"{Section}:SignIn:Authority", authority),
        new($"{Section}:SignIn:RequireHttps", "false"),
    ];

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
