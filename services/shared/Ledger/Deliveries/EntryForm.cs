using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Ledger;

/// <summary>
/// Whether an entry of another body says all that its fact must say, in numbers that can be computed with. Bodies write no
/// other; one that did could otherwise stop whoever reads it.
/// </summary>
public static class EntryForm
{
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;

    /// <summary>What is wrong, to follow the name of the entry. Null: nothing.</summary>
    public static string? FaultOf(IMessage message)
    {
        if (message is Timestamp time)
            return time.Seconds is >= FirstSecond and <= LastSecond && time.Nanos is >= 0 and < 1_000_000_000 ? null : "was recorded at no time that there is";
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            var fault = field.FieldType == FieldType.Message ? FaultOf(field, value)
                : IsLeftOut(field, message) || IsInBounds(field, value) ? null : $"gives {field.Name} as {value}";
            if (fault is not null)
                return fault;
        }
        return null;
    }

    private static string? FaultOf(FieldDescriptor field, object? value) => value switch
    {
        null => IsOptional(field) ? null : $"does not say {field.Name}",
        IMessage message => FaultOf(message),
        System.Collections.IEnumerable messages => messages.Cast<IMessage>().Select(FaultOf).FirstOrDefault(fault => fault is not null),
        _ => null,
    };

    /// <summary>What the contracts call optional, or one of several. What is added to a fact later must be, for older entries lack it.</summary>
    private static bool IsOptional(FieldDescriptor field) => field.ContainingOneof is not null;

    /// <summary>A number that need not be given, and is not: it reads as 0, which may be out of bounds, and says nothing.</summary>
    private static bool IsLeftOut(FieldDescriptor field, IMessage message) => field.HasPresence && !field.Accessor.HasValue(message);

    /// <summary>Whether sums of such numbers cannot overflow, and years can be written.</summary>
    private static bool IsInBounds(FieldDescriptor field, object? value) => value switch
    {
        long pence when field.Name.EndsWith("_pence", StringComparison.Ordinal) => pence is >= -Pence.MostOfABody and <= Pence.MostOfABody,
        int year when field.Name.EndsWith("_year", StringComparison.Ordinal) => Years.IsYear(year),
        uint number => number <= int.MaxValue,
        ulong number => number <= long.MaxValue,
        _ => true,
    };
}
