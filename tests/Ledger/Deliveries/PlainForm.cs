using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Ledger.Tests;

/// <summary>What <see cref="EntryForm"/> and <see cref="NewerRules"/> must find, read plainly field by field.</summary>
internal static class PlainForm
{
    private static readonly DateTimeOffset First = DateTimeOffset.MinValue;
    private static readonly DateTimeOffset Last = DateTimeOffset.MaxValue;

    public static string? FaultOf(IMessage message)
    {
        if (message is Timestamp time)
            return time.Seconds >= First.ToUnixTimeSeconds() && time.Seconds <= Last.ToUnixTimeSeconds() && time.Nanos is >= 0 and < 1_000_000_000
                ? null : "was recorded at no time that there is";
        return message.Descriptor.Fields.InDeclarationOrder().Select(field => FaultOf(field, message)).FirstOrDefault(fault => fault is not null);
    }

    public static bool IsNewer(Entry entry) =>
        !Entry.Parser.WithDiscardUnknownFields(true).ParseFrom(entry.ToByteString()).Equals(entry) || HasUnknownValue(entry);

    private static string? FaultOf(FieldDescriptor field, IMessage message) => field.Accessor.GetValue(message) switch
    {
        null => field.ContainingOneof is null ? $"does not say {field.Name}" : null,
        IMessage inner => FaultOf(inner),
        IEnumerable many when field.IsRepeated => many.OfType<IMessage>().Select(FaultOf).FirstOrDefault(fault => fault is not null),
        _ when field.HasPresence && !field.Accessor.HasValue(message) => null,
        long pence when field.Name.EndsWith("_pence", StringComparison.Ordinal) && Math.Abs((decimal)pence) > Pence.MostOfABody => $"gives {field.Name} as {pence}",
        int year when field.Name.EndsWith("_year", StringComparison.Ordinal) && !Years.IsYear(year) => $"gives {field.Name} as {year}",
        uint and > int.MaxValue => $"gives {field.Name} as {field.Accessor.GetValue(message)}",
        ulong and > long.MaxValue => $"gives {field.Name} as {field.Accessor.GetValue(message)}",
        _ => null,
    };

    private static bool HasUnknownValue(IMessage message) => message.Descriptor.Fields.InDeclarationOrder().Any(field => field.Accessor.GetValue(message) switch
    {
        IMessage inner => HasUnknownValue(inner),
        IEnumerable many when field.IsRepeated => many.Cast<object>().Any(one => one is IMessage inner ? HasUnknownValue(inner) : IsUnknown(field, one)),
        { } value => IsUnknown(field, value),
        null => false,
    });

    private static bool IsUnknown(FieldDescriptor field, object value) => field.FieldType == FieldType.Enum && !System.Enum.IsDefined(field.EnumType.ClrType, value);
}
