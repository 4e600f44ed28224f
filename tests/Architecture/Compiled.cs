using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace FundingFlows.Architecture.Tests;

/// <summary>What an assembly refers to, read from its metadata.</summary>
internal sealed record Compiled(IReadOnlyList<string> References, IReadOnlyList<(string Namespace, string Name)> TypesUsed)
{
    public static Compiled Of(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return new Compiled(
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [
                .. metadata.TypeReferences.Select(handle => metadata.GetTypeReference(handle))
                    .Select(type => (metadata.GetString(type.Namespace), metadata.GetString(type.Name))),
            ]);
    }
}
