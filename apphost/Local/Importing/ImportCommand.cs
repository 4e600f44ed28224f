using System.CommandLine;

namespace FundingFlows.Local;

/// <summary>The command line that makes a topology file from a table of places. Starts nothing.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var places = new Option<string>("--places") { Description = "A CSV table of councils, one row for each.", Required = true };
        var output = new Option<string>("--out") { Description = "The topology file to write.", Required = true };
        var command = new Command("import", "Makes a topology from a table of councils: central government, combined authorities, counties, councils, and a forum for each left-behind ward.") { places, output };
        command.SetAction((parsed, cancellation) => Failures.ShownAsync(
            () => ImportAsync(parsed.GetValue(places)!, parsed.GetValue(output)!), Console.Error, cancellation));
        return command;
    }

    private static async Task<int> ImportAsync(string places, string output)
    {
        var topology = PlacesImport.Run(places, output);
        await Console.Out.WriteLineAsync(
            $"{topology.Bodies.Count} bodies in {topology.Instances.Count} instances: {Of(Tier.CombinedAuthority)} combined authorities, {Of(Tier.Council)} councils, "
            + $"{Of(Tier.NeighbourhoodForum)} neighbourhood forums and central government. Start them with --topology {output}");
        return LocalCommand.Reconciled;

        int Of(Tier tier) => topology.OfTier(tier).Count();
    }
}
