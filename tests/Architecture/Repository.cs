using System.Xml.Linq;

namespace FundingFlows.Architecture.Tests;

/// <summary>The files of the repository, found from where the tests were built.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every project, by name, with the names of the projects that it references.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Projects { get; } = Files("*.csproj").ToDictionary(
        path => Path.GetFileNameWithoutExtension(path)!,
        path => (IReadOnlyList<string>)
        [
            .. XDocument.Load(path).Descendants("ProjectReference")
                .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
                .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)),
        ]);

    /// <summary>Files below the root, without what was built or generated.</summary>
    public static IEnumerable<string> Files(string pattern, string below = "") =>
        Directory.EnumerateFiles(Path.Combine(Root, below), pattern, SearchOption.AllDirectories)
            .Where(path => !Relative(path).Split('/').Any(part => part is "artifacts" or "obj" or "bin" or "node_modules" or ".git"));

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FundingFlows.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder.FullName;
    }
}
