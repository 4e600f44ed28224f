using FundingFlows.Contracts.Journal.V1;
using Google.Protobuf.Reflection;

namespace FundingFlows.Catalogues;

/// <summary>All facts that a journal may hold, with their parts, as the contracts describe them.</summary>
internal static class FactCatalogue
{
    private const string About = """
        A journal is a list of entries, and an entry holds one fact: one thing that a body did or learnt. This page lists all of them, by area and in
        the order of their numbers in `Fact`, and below them what they are made of. A field that is marked *optional* may be absent. Facts and fields
        are only ever added. What the words of money mean is in [money.md](money.md).
        """;

    public static string Text()
    {
        var entry = ContractDescriptors.Files().SelectMany(file => file.MessageTypes).Single(message => message.FullName == Entry.Descriptor.FullName);
        var kinds = entry.FindFieldByName("fact").MessageType.Oneofs.Single(choice => choice.Name == "kind").Fields.OrderBy(field => field.FieldNumber).ToList();
        var page = new Markdown("Catalogue of facts", About.ReplaceLineEndings("\n"));
        foreach (var area in kinds.GroupBy(field => field.MessageType.File).OrderBy(area => area.Min(field => field.FieldNumber)))
        {
            page.Heading(2, Title(area.Key)).Paragraph(area.Key.PackageComment());
            foreach (var kind in area)
                page.Heading(3, $"{kind.MessageType.Name} ({kind.FieldNumber})").Paragraph(kind.MessageType.CommentWithChoices()).Paragraph(Way(kind.MessageType))
                    .Table(["field", "type", "what it is"], Fields(kind.MessageType));
        }
        AddParts(page, kinds);
        return page.ToString();
    }

    private static void AddParts(Markdown page, IReadOnlyList<FieldDescriptor> kinds)
    {
        var facts = kinds.Select(field => field.MessageType).ToHashSet();
        var (messages, enumerations) = (new HashSet<MessageDescriptor>(), new HashSet<EnumDescriptor>());
        foreach (var fact in facts)
            Reach(fact, messages, enumerations);
        page.Heading(2, "What facts are made of");
        foreach (var message in messages.Except(facts).OrderBy(message => message.Name, StringComparer.Ordinal))
            page.Heading(3, message.Name).Paragraph(message.CommentWithChoices()).Table(["field", "type", "what it is"], Fields(message));
        page.Heading(2, "Values that a field may have");
        foreach (var enumeration in enumerations.OrderBy(enumeration => enumeration.Name, StringComparer.Ordinal))
            page.Heading(3, enumeration.Name).Paragraph(enumeration.Comment())
                .Table(["value", "number", "what it says"], enumeration.Values.Select(value => (string[])[$"`{value.Name}`", $"{value.Number}", value.Comment() ?? ""]));
    }

    private static IEnumerable<string[]> Fields(MessageDescriptor message) =>
        message.Fields.InDeclarationOrder().Select(field => (string[])[$"`{field.Name}`", Type(field), field.Comment() ?? ""]);

    private static string Type(FieldDescriptor field)
    {
        var type = field.FieldType switch
        {
            FieldType.Message => field.MessageType.Name,
            FieldType.Enum => field.EnumType.Name,
            _ => $"{field.FieldType}".ToLowerInvariant(),
        };
        return field.IsRepeated ? $"{type}, any number" : field.HasPresence && field.ToProto().Proto3Optional ? $"{type}, optional" : type;
    }

    /// <summary>Whether another body hears of a fact, or it answers or ends what another one sent.</summary>
    private static string? Way(MessageDescriptor fact) =>
        Has(fact, Addressed.Descriptor, "to") ? "Delivered to another body, which answers it."
        : Has(fact, DeliveryRef.Descriptor, "delivery") ? "Answers a delivery."
        : Has(fact, AnswerRef.Descriptor, "answer") ? "Records the answer to a delivery."
        : null;

    private static bool Has(MessageDescriptor fact, MessageDescriptor part, string field) =>
        fact.FindFieldByName(field) is { FieldType: FieldType.Message } found && found.MessageType.FullName == part.FullName;

    private static void Reach(MessageDescriptor message, HashSet<MessageDescriptor> messages, HashSet<EnumDescriptor> enumerations)
    {
        if (!messages.Add(message))
            return;
        foreach (var field in message.Fields.InDeclarationOrder())
            if (field.FieldType == FieldType.Message)
                Reach(field.MessageType, messages, enumerations);
            else if (field.FieldType == FieldType.Enum)
                enumerations.Add(field.EnumType);
    }

    private static string Title(FileDescriptor file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Name);
        return char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
    }
}
