using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Ledger.Tests;

/// <summary>Entries of every kind, most as a body could write them, some with a field missing, a number out of bounds, or something that is not known.</summary>
internal static class AnyEntry
{
    private const int Deepest = 6;
    private static readonly byte[] UnknownField = [0xF8, 0x7F, 1];

    public static Entry From(Random random)
    {
        var entry = (Entry)Message(Entry.Descriptor, random, 0);
        return random.Next(10) > 0 ? entry : Entry.Parser.ParseFrom([.. entry.ToByteArray(), .. UnknownField]);
    }

    private static IMessage Message(MessageDescriptor type, Random random, int depth)
    {
        var message = (IMessage)Activator.CreateInstance(type.ClrType)!;
        foreach (var oneof in type.Oneofs.Where(oneof => !oneof.IsSynthetic))
            if (random.Next(20) > 0)
                Set(message, oneof.Fields[random.Next(oneof.Fields.Count)], random, depth);
        foreach (var field in type.Fields.InDeclarationOrder().Where(field => field.RealContainingOneof is null))
            if (random.Next(60) > 0)
                Set(message, field, random, depth);
        return message;
    }

    private static void Set(IMessage message, FieldDescriptor field, Random random, int depth)
    {
        if (field.IsRepeated)
            for (var left = depth < Deepest ? random.Next(3) : 0; left > 0; left--)
                ((IList)field.Accessor.GetValue(message)).Add(Value(field, random, depth));
        else if (field.FieldType != FieldType.Message || depth < Deepest)
            field.Accessor.SetValue(message, Value(field, random, depth));
    }

    private static object Value(FieldDescriptor field, Random random, int depth)
    {
        var isOdd = random.Next(200) == 0;
        return field.FieldType switch
        {
            FieldType.Message when field.MessageType == Timestamp.Descriptor => new Timestamp { Seconds = isOdd ? long.MaxValue : random.Next(), Nanos = isOdd ? 0 : random.Next(1_000) },
            FieldType.Message => Message(field.MessageType, random, depth + 1),
            FieldType.Enum => System.Enum.ToObject(field.EnumType.ClrType, isOdd ? 77 : field.EnumType.Values[random.Next(field.EnumType.Values.Count)].Number),
            FieldType.Int64 => isOdd ? long.MinValue : random.NextInt64(1_000_000),
            FieldType.Int32 => isOdd ? random.Next() : 2026,
            FieldType.UInt32 => isOdd ? uint.MaxValue : (uint)random.Next(100),
            FieldType.UInt64 => isOdd ? ulong.MaxValue : (ulong)random.Next(100),
            FieldType.Bool => isOdd,
            FieldType.String => "words",
            FieldType.Bytes => ByteString.CopyFrom(new byte[32]),
            _ => throw new NotSupportedException($"{field.FullName} is of a kind that no fact had."),
        };
    }
}
