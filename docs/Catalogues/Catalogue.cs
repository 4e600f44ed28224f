namespace FundingFlows.Catalogues;

/// <summary>A page that is worked out from contracts and code.</summary>
/// <param name="Path">The file, from the root of the repository.</param>
/// <param name="Text">What is in the file when it is current.</param>
internal sealed record Catalogue(string Path, string Text)
{
    /// <summary>What makes all of them current.</summary>
    public const string Command = "dotnet run --project docs/Catalogues";

    public static IReadOnlyList<Catalogue> All(string root) =>
    [
        new("docs/facts.md", FactCatalogue.Text()),
        new("docs/refusals.md", RefusalCatalogue.Text(RpcCommands.Read(root))),
    ];
}
