namespace FundingFlows.Local;

/// <summary>Programs that are built with the host and started by it.</summary>
internal static class BuiltProgram
{
    /// <summary>What starts them.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Every project builds into a folder beside this one's, of the same configuration. Throws <see cref="LocalException"/> when it was not built.</summary>
    public static string PathOf(string project, string assembly)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, project, own.Name, assembly + ".dll");
        return File.Exists(program) ? program : throw new LocalException($"{project} has not been built: {program} is missing. Run dotnet build first.");
    }
}
