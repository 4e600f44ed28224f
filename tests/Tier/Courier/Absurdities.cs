using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FundingFlows.Tiers.Tests;

/// <summary>Makes something absurd of a message: a part of it, chosen by chance, is taken away, doubled, or set to an end of its range.</summary>
internal static class Absurdities
{
    public static void Distort(IMessage message, Random chance)
    {
        var places = Places(message).ToList();
        if (places.Count == 0)
            return;
        var (holder, field) = places[chance.Next(places.Count)];
        if (field.IsRepeated)
            DistortList((System.Collections.IList)field.Accessor.GetValue(holder), chance);
        else if (chance.Next(4) == 0)
            field.Accessor.Clear(holder);
        else
            field.Accessor.SetValue(holder, Absurd(field, field.Accessor.GetValue(holder), chance));
    }

    /// <summary>Every field that could be set, in the message and in all that it holds.</summary>
    private static IEnumerable<(IMessage Holder, FieldDescriptor Field)> Places(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => !field.IsMap))
        {
            // Another choice of a oneof would be another message: those are left alone unless they are set.
            if (field.RealContainingOneof is { } oneof && oneof.Accessor.GetCaseFieldDescriptor(message) != field)
                continue;
            yield return (message, field);
            var value = field.Accessor.GetValue(message);
            var inner = field.FieldType != FieldType.Message ? [] : field.IsRepeated ? ((System.Collections.IEnumerable)value).Cast<IMessage>() : value is IMessage one ? [one] : [];
            foreach (var place in inner.SelectMany(Places))
                yield return place;
        }
    }

    private static void DistortList(System.Collections.IList list, Random chance)
    {
        if (list.Count == 0 || chance.Next(3) == 0)
            list.Clear();
        else if (chance.Next(2) == 0)
            list.Add(list[chance.Next(list.Count)]);
        else
            list.RemoveAt(chance.Next(list.Count));
    }

    private static object Absurd(FieldDescriptor field, object? value, Random chance) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.Parser.ParseFrom(ByteString.Empty),
        FieldType.String => chance.Next(3) switch { 0 => "", 1 => new string('x', 70_000), _ => "no name, and no form at all" },
        FieldType.Bytes => chance.Next(2) == 0 ? ByteString.Empty : ByteString.CopyFrom(new byte[33]),
        FieldType.Enum => System.Enum.ToObject(value!.GetType(), chance.Next(2) == 0 ? 0 : 99),
        FieldType.UInt64 => chance.Next(3) switch { 0 => ulong.MaxValue, 1 => (ulong)long.MaxValue + 1, _ => 0ul },
        FieldType.UInt32 => chance.Next(3) switch { 0 => uint.MaxValue, 1 => (uint)int.MaxValue + 1, _ => 0u },
        FieldType.Int64 => chance.Next(3) switch { 0 => long.MaxValue, 1 => long.MinValue, _ => 0L },
        FieldType.Int32 => chance.Next(3) switch { 0 => int.MaxValue, 1 => int.MinValue, _ => 0 },
        _ => value!,
    };
}
