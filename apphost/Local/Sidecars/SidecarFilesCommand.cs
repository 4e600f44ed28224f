using System.CommandLine;

namespace FundingFlows.Local;

/// <summary>The command line that makes the files of a topology's Dapr sidecars. Starts nothing.</summary>
internal static class SidecarFilesCommand
{
    public static Command Create()
    {
        var topology = new Option<string>("--topology") { Description = "Whose instances may publish and subscribe: a JSON file. Default: the North East of England.", DefaultValueFactory = _ => Topology.SamplePath };
        var output = new Option<string>("--out") { Description = "The folder to write them to, which sidecars are given as --resources-path.", Required = true };
        var redis = new Option<string>("--redis") { Description = $"Host and port of Redis. Its password is in the environment of the sidecars, as {SidecarFiles.RedisPasswordVariable}.", DefaultValueFactory = _ => SidecarFiles.UsualRedis };
        var command = new Command("dapr-components", "Makes the components of the Dapr sidecars: only who hosts bodies may publish, and only the auditor and who funds others subscribe.") { topology, output, redis };
        command.SetAction((parsed, cancellation) => Failures.ShownAsync(
            () => WriteAsync(TopologyReader.Read(parsed.GetValue(topology)!), parsed.GetValue(output)!, parsed.GetValue(redis)!), Console.Error, cancellation));
        return command;
    }

    private static async Task<int> WriteAsync(Topology topology, string folder, string redis)
    {
        SidecarFiles.Write(topology, folder, redis);
        var sidecars = topology.Instances.Where(instance => instance.Service != ServiceKind.Gateway).Select(instance => instance.Name);
        await Console.Out.WriteLineAsync($"Give each sidecar --resources-path {folder} and one of these as --app-id: {string.Join(", ", sidecars)}");
        return LocalCommand.Reconciled;
    }
}
