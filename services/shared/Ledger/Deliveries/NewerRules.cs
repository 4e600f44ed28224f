using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FundingFlows.Ledger;

/// <summary>
/// Whether an entry says something that these rules do not know, because newer ones wrote it. What is not understood is neither
/// decided nor believed: a restriction that is overlooked would be no restriction.
/// </summary>
public static class NewerRules
{
    private static readonly MessageParser<Entry> Known = Entry.Parser.WithDiscardUnknownFields(true);

    public static bool Wrote(Entry entry) => !Known.ParseFrom(entry.ToByteString()).Equals(entry) || HasUnknownValue(entry);

    private static bool HasUnknownValue(IMessage message) =>
        message.Descriptor.Fields.InDeclarationOrder().Any(field => HasUnknownValue(field, field.Accessor.GetValue(message)));

    private static bool HasUnknownValue(FieldDescriptor field, object? value) => value switch
    {
        IMessage message => HasUnknownValue(message),
        IList list => list.Cast<object>().Any(item => HasUnknownValue(field, item)),
        Enum one => field.EnumType.FindValueByNumber(Convert.ToInt32(one, System.Globalization.CultureInfo.InvariantCulture)) is null,
        _ => false,
    };
}
