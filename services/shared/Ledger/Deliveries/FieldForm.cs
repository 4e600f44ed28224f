using System.Collections;
using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FundingFlows.Ledger;

/// <summary>What is looked at in one field of a message from outside.</summary>
internal abstract class FieldForm
{
    private static readonly MethodInfo MakeReader = typeof(FieldForm).GetMethod(nameof(ReaderOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Of several fields of which one may be set, the first stands for all.</summary>
    public static bool StandsFirst(FieldDescriptor field) => field.RealContainingOneof is not { } oneof || oneof.Fields[0] == field;

    /// <summary>Null: whatever stands in the field, nothing can be wrong with it.</summary>
    public static FieldForm? Of(FieldDescriptor field) => field.RealContainingOneof is { } oneof ? new OfOne(oneof) : OfAny(field);

    private static FieldForm? OfAny(FieldDescriptor field) => (field.FieldType, field.IsRepeated) switch
    {
        (FieldType.Message, true) => new OfMessages(field.MessageType, Reader<IList>(field)),
        (FieldType.Message, false) => new OfMessage(field, Reader<IMessage?>(field)),
        (FieldType.Enum, true) => new OfValues(field.EnumType, Reader<IList>(field)),
        (FieldType.Enum, false) => new OfValue(field.EnumType, Reader<int>(field)),
        (FieldType.Int64, false) when field.Name.EndsWith("_pence", StringComparison.Ordinal) =>
            new OfNumber<long>(field, Reader<long>(field), pence => pence is >= -Pence.MostOfABody and <= Pence.MostOfABody),
        (FieldType.Int32, false) when field.Name.EndsWith("_year", StringComparison.Ordinal) => new OfNumber<int>(field, Reader<int>(field), Years.IsYear),
        (FieldType.UInt32, false) => new OfNumber<uint>(field, Reader<uint>(field), number => number <= int.MaxValue),
        (FieldType.UInt64, false) => new OfNumber<ulong>(field, Reader<ulong>(field), number => number <= long.MaxValue),
        _ => null,
    };

    /// <summary>What is wrong with it in a message. Null: nothing.</summary>
    public virtual string? FaultOf(IMessage message) => null;

    /// <summary>Whether it has a value of an enumeration, or holds a message with anything, that is not known here.</summary>
    public virtual bool HasUnknown(IMessage message) => false;

    /// <summary>A number of a message that need not be given, and is not, reads as 0, which may be out of bounds, and says nothing.</summary>
    private static bool IsLeftOut(FieldDescriptor field, IMessage message) => field.HasPresence && !field.Accessor.HasValue(message);

    private static Func<IMessage, TValue> Reader<TValue>(FieldDescriptor field)
    {
        var property = field.ContainingType.ClrType.GetProperty(field.PropertyName)!;
        return (Func<IMessage, TValue>)MakeReader.MakeGenericMethod(field.ContainingType.ClrType, typeof(TValue)).Invoke(null, [property.GetMethod!])!;
    }

    /// <summary>An enumeration reads as its number, and a message as any.</summary>
    private static Func<IMessage, TValue> ReaderOf<TMessage, TValue>(MethodInfo getter)
        where TMessage : IMessage
    {
        var read = getter.CreateDelegate<Func<TMessage, TValue>>();
        return message => read((TMessage)message);
    }

    private sealed class OfOne(OneofDescriptor oneof) : FieldForm
    {
        private readonly Dictionary<FieldDescriptor, FieldForm?> forms = oneof.Fields.ToDictionary(field => field, OfAny);

        public override string? FaultOf(IMessage message) => SetIn(message)?.FaultOf(message);

        public override bool HasUnknown(IMessage message) => SetIn(message)?.HasUnknown(message) == true;

        private FieldForm? SetIn(IMessage message) => oneof.Accessor.GetCaseFieldDescriptor(message) is { } set ? forms[set] : null;
    }

    private sealed class OfMessage(FieldDescriptor where, Func<IMessage, IMessage?> read) : FieldForm
    {
        private readonly string? missing = where.ContainingOneof is not null ? null : $"does not say {where.Name}";
        private MessageForm? form;

        // Not before it is needed: a message may hold others of its own type.
        private MessageForm Form => form ??= MessageForm.Of(where.MessageType);

        /// <summary>What the contracts call optional, or one of several, may be missing. What is added to a fact later must be so, for older entries lack it.</summary>
        public override string? FaultOf(IMessage message) => read(message) is { } inner ? Form.FaultOf(inner) : missing;

        public override bool HasUnknown(IMessage message) => read(message) is { } inner && Form.HasUnknown(inner);
    }

    private sealed class OfMessages(MessageDescriptor type, Func<IMessage, IList> read) : FieldForm
    {
        private MessageForm? form;

        private MessageForm Form => form ??= MessageForm.Of(type);

        public override string? FaultOf(IMessage message)
        {
            var all = read(message);
            for (var i = 0; i < all.Count; i++)
                if (Form.FaultOf((IMessage)all[i]!) is { } fault)
                    return fault;
            return null;
        }

        public override bool HasUnknown(IMessage message)
        {
            var all = read(message);
            for (var i = 0; i < all.Count; i++)
                if (Form.HasUnknown((IMessage)all[i]!))
                    return true;
            return false;
        }
    }

    private sealed class OfValue(EnumDescriptor type, Func<IMessage, int> read) : FieldForm
    {
        private readonly HashSet<int> known = [.. type.Values.Select(value => value.Number)];

        public override bool HasUnknown(IMessage message) => !known.Contains(read(message));
    }

    private sealed class OfValues(EnumDescriptor type, Func<IMessage, IList> read) : FieldForm
    {
        private readonly HashSet<int> known = [.. type.Values.Select(value => value.Number)];

        public override bool HasUnknown(IMessage message)
        {
            foreach (var value in read(message))
                if (!known.Contains(Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)))
                    return true;
            return false;
        }
    }

    private sealed class OfNumber<TNumber>(FieldDescriptor field, Func<IMessage, TNumber> read, Func<TNumber, bool> isInBounds) : FieldForm
    {
        public override string? FaultOf(IMessage message) =>
            read(message) is var number && (isInBounds(number) || IsLeftOut(field, message)) ? null : $"gives {field.Name} as {number}";
    }
}
