using Google.Protobuf.Reflection;

namespace FundingFlows.Gateway;

/// <summary>The comments of the contracts as text: lines joined, paragraphs kept. Null: there is none.</summary>
internal static class Comments
{
    public static string? Comment(this DescriptorBase described) => Text(described.Declaration?.LeadingComments);

    /// <summary>The comment on the package, which says what the file is about.</summary>
    public static string? PackageComment(this FileDescriptor file) =>
        Text(file.ToProto().SourceCodeInfo?.Location
            .FirstOrDefault(location => location.Path is [FileDescriptorProto.PackageFieldNumber])?.LeadingComments);

    /// <summary>The comment of a message, and which of its fields exclude each other.</summary>
    public static string? CommentWithChoices(this MessageDescriptor message) =>
        Paragraphs([message.Comment(), .. message.Choices()]);

    /// <summary>A sentence for each oneof, with the names that fields have in JSON.</summary>
    public static IEnumerable<string> Choices(this MessageDescriptor message) =>
        message.RealOneofs().Select(choice => $"At most one of {Listed(choice.Fields.Select(field => $"`{field.JsonName}`"))}.");

    /// <summary>The comment of an enumeration, and a list of those of its values that have one.</summary>
    public static string? CommentWithValues(this EnumDescriptor enumeration)
    {
        var values = from value in enumeration.Values
                     let comment = value.Comment()
                     where comment is not null
                     select $"- `{value.Name}`: {comment}";
        return Paragraphs(enumeration.Comment(), string.Join('\n', values));
    }

    /// <summary>Those of the texts that say something, a paragraph each.</summary>
    public static string? Paragraphs(params IEnumerable<string?> texts)
    {
        var text = string.Join("\n\n", texts.Where(text => !string.IsNullOrEmpty(text)));
        return text.Length == 0 ? null : text;
    }

    private static IEnumerable<OneofDescriptor> RealOneofs(this MessageDescriptor message) =>
        message.Oneofs.Take(message.RealOneofCount);

    private static string? Text(string? comment) => Paragraphs((comment ?? "").Split("\n\n").Select(Joined));

    private static string Joined(string lines) =>
        string.Join(' ', lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Listed(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 1 ? all[0] : $"{string.Join(", ", all.SkipLast(1))} and {all[^1]}";
    }
}
