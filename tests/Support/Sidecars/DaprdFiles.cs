using FundingFlows.Topologies;

namespace FundingFlows.Support;

/// <summary>
/// How the tests start <c>daprd</c>: the components of the topology with shorter times, and the command line. What is relied upon is named by its place in the
/// runtime's sources (1.18, and so since 1.14).
/// </summary>
internal static class DaprdFiles
{
    /// <summary>The runtime asks the machine for its address otherwise, which one without a network may not have (utils/host.go).</summary>
    public static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string> { ["DAPR_HOST_IP"] = "127.0.0.1" };

    /// <summary>
    /// The same tries as in the files, with shorter pauses between them, and what lies unanswered is given again sooner, but still behind all of them: ten
    /// pauses of at most 0.3 s and the dead letter's come to less than twenty seconds unless the service hangs.
    /// </summary>
    private static readonly (string File, string From, string To)[] Shorter =
    [
        (SidecarFiles.Resiliency, "maxInterval: 15s", "maxInterval: 200ms"),
        (SidecarFiles.PubSub, "value: \"180000\"", "value: \"20000\""),
        (SidecarFiles.PubSub, "value: \"60000\"", "value: \"1000\""),
    ];

    public static void Write(Topology topology, string folder, int redis)
    {
        var resources = Resources(folder);
        SidecarFiles.Write(topology, resources, $"127.0.0.1:{redis}");
        foreach (var (file, from, to) in Shorter)
        {
            var (path, text) = (Path.Combine(resources, file), File.ReadAllText(Path.Combine(resources, file)));
            if (!text.Contains(from, StringComparison.Ordinal))
                throw new InvalidOperationException($"{file} says no more: {from}");
            File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        }
        // Without it names are looked for by multicast, which the tests must not send (initNameResolution). No service is called by name here.
        File.WriteAllText(Configuration(folder), $$"""
            apiVersion: dapr.io/v1alpha1
            kind: Configuration
            metadata:
              name: tests
            spec:
              nameResolution:
                component: "sqlite"
                version: "v1"
                configuration:
                  connectionString: "{{Path.Combine(folder, "names.db")}}"
            """);
    }

    /// <summary>
    /// The API ports cannot be 0: the runtime would listen anywhere and tell nobody where (toInternal, startGRPCAPIServer). The port between sidecars, when none
    /// is given, is one that is free. It makes no metrics, which would all want one port. Placement and scheduler are not asked for when
    /// they are not named (their flags are empty).
    /// </summary>
    /// <param name="app">Its name, and the port at which it listens.</param>
    public static IReadOnlyList<string> Arguments(string app, int appPort, int grpc, int http, string folder) =>
    [
        "--app-id", app, "--app-protocol", "http", "--app-port", $"{appPort}",
        "--dapr-grpc-port", $"{grpc}", "--dapr-http-port", $"{http}",
        "--dapr-listen-addresses", "127.0.0.1", "--dapr-internal-grpc-listen-address", "127.0.0.1",
        "--resources-path", Resources(folder), "--config", Configuration(folder), "--enable-metrics=false",
        // Looked at each second, in place of each five: three failures mean that it is away.
        "--enable-app-health-check", "--app-health-check-path", "/health/live", "--app-health-probe-interval", "1",
    ];

    private static string Resources(string folder) => Path.Combine(folder, "resources");

    private static string Configuration(string folder) => Path.Combine(folder, "config.yaml");
}
