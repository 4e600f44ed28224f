using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace FundingFlows.Gateway;

/// <summary>The contracts as they were written, with http rules and comments. Generated code has lost the comments.</summary>
internal static class ContractDescriptors
{
    private const string Image = "contracts.binpb";

    /// <summary>All services, in the order of their full names.</summary>
    public static IReadOnlyList<ServiceDescriptor> Services() =>
        [.. Files().SelectMany(file => file.Services).OrderBy(service => service.FullName, StringComparer.Ordinal)];

    /// <summary>All files, and those that they import before them.</summary>
    public static IReadOnlyList<FileDescriptor> Files()
    {
        using var image = typeof(Contracts.Journal.V1.Entry).Assembly.GetManifestResourceStream(Image)
            ?? throw new InvalidOperationException($"The contracts are built without {Image}.");
        var files = FileDescriptorSet.Parser.ParseFrom(image).File.Select(file => file.ToByteString());
        return FileDescriptor.BuildFromByteStrings(files, new ExtensionRegistry { AnnotationsExtensions.Http });
    }
}
