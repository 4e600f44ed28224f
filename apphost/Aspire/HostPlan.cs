using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace FundingFlows.AppHost;

/// <summary>What is to be started, as the command line and the configuration (section <c>FundingFlowsHost</c>) say.</summary>
/// <param name="TopologyPath">The whole path of the topology file.</param>
/// <param name="Federation">Its id, its root's key and the data folder: they are kept, and stay the same from run to run.</param>
/// <param name="Daprd">The program that is the sidecar.</param>
internal sealed record HostPlan(Topology Topology, string TopologyPath, FederationSetup Federation, LoopbackPorts Ports, string Daprd)
{
    /// <summary>Not <c>FundingFlows</c>: what the environment says there reaches every instance.</summary>
    private const string Section = "FundingFlowsHost";
    private const int DefaultPort = 5080;
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--topology"] = $"{Section}:Topology",
        ["--data"] = $"{Section}:Data",
        ["--port"] = $"{Section}:Port",
        ["--daprd"] = $"{Section}:Daprd",
    };

    /// <summary>Throws <see cref="TopologyException"/> with one sentence when something cannot be used.</summary>
    public static HostPlan Read(IDistributedApplicationBuilder builder, string[] arguments, TimeProvider time)
    {
        builder.Configuration.AddCommandLine(arguments, Switches);
        var settings = builder.Configuration.GetSection(Section);
        var topologyPath = Path.GetFullPath(settings["Topology"] ?? Topology.SamplePath, builder.AppHostDirectory);
        var topology = TopologyReader.Read(topologyPath);
        var data = Path.GetFullPath(settings["Data"] ?? UsualData(topologyPath), builder.AppHostDirectory);
        return new HostPlan(
            topology, topologyPath, FederationSetup.Open(data, topology, time), LoopbackPorts.From(Port(settings["Port"]), topology),
            settings["Daprd"] ?? UsualDaprd());
    }

    private static int Port(string? text) =>
        text is null ? DefaultPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
        : throw new TopologyException($"--port must be a number, not {text}.");

    /// <summary>A folder for each topology, among what this person's programs keep on this machine.</summary>
    private static string UsualData(string topologyPath) => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "FundingFlows", Path.GetFileNameWithoutExtension(topologyPath));

    /// <summary>Where <c>dapr init</c> puts it; otherwise it is looked for on the PATH.</summary>
    private static string UsualDaprd()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var installed = Path.Combine(home, ".dapr", "bin", OperatingSystem.IsWindows() ? "daprd.exe" : "daprd");
        return File.Exists(installed) ? installed : "daprd";
    }
}
