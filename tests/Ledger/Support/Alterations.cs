using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FundingFlows.Ledger.Tests;

/// <summary>Every way to alter one field of a message, at any depth, to what a careless or hostile writer might put there.</summary>
internal static class Alterations
{
    /// <summary>A copy of the message for each alteration, with words that say which.</summary>
    public static IEnumerable<(string Name, T Altered)> Of<T>(T message)
        where T : IMessage<T>, IDeepCloneable<T>
    {
        for (var i = 0; ; i++)
        {
            var copy = message.Clone();
            if (Sites(copy, "").Skip(i).FirstOrDefault() is not { Alter: not null } site)
                yield break;
            site.Alter();
            yield return (site.Name, copy);
        }
    }

    private static IEnumerable<(string Name, Action Alter)> Sites(IMessage message, string path) =>
        message.Descriptor.Fields.InFieldNumberOrder().SelectMany(field => SitesOf(message, field, $"{path}{field.Name}"));

    private static IEnumerable<(string Name, Action Alter)> SitesOf(IMessage message, FieldDescriptor field, string path)
    {
        var value = field.Accessor.GetValue(message);
        if (field.IsRepeated)
            return InList((IList)value, path);
        if (field.FieldType == FieldType.Message)
            return value is IMessage inner
                ? Sites(inner, path + ".").Append(($"{path} is missing", () => field.Accessor.Clear(message)))
                : field.ContainingOneof is null ? [($"{path} is there", () => field.Accessor.SetValue(message, field.MessageType.Parser.ParseFrom([])))] : [];
        return Extremes(field, value).Select(extreme => ($"{path} is {extreme.Name}", (Action)(() => field.Accessor.SetValue(message, extreme.Value))));
    }

    private static IEnumerable<(string Name, Action Alter)> InList(IList list, string path)
    {
        yield return ($"{path} is empty", list.Clear);
        if (list.Count == 0)
            yield break;
        yield return ($"{path} repeats its first", () => list.Add(list[0]));
        if (list[0] is IMessage first)
            foreach (var site in Sites(first, path + "[0]."))
                yield return site;
        else if (list[0] is string)
            foreach (var text in Texts())
                yield return ($"{path}[0] is {text.Name}", () => list[0] = text.Value);
        else if (list[0] is ByteString)
            yield return ($"{path}[0] is empty", () => list[0] = ByteString.Empty);
    }

    private static IEnumerable<(string Name, object Value)> Extremes(FieldDescriptor field, object value) => value switch
    {
        string => Texts(),
        ByteString => [("empty", ByteString.Empty), ("too long", ByteString.CopyFrom(new byte[70_000]))],
        long => [("zero", 0L), ("the least", long.MinValue), ("the most", long.MaxValue), ("minus one", -1L)],
        ulong number => [("zero", 0UL), ("the most", ulong.MaxValue), ("past signed numbers", (ulong)long.MaxValue + 1), ("one more", number + 1)],
        int => [("zero", 0), ("the least", int.MinValue), ("the most", int.MaxValue)],
        uint => [("zero", 0u), ("the most", uint.MaxValue), ("past signed numbers", (uint)int.MaxValue + 1)],
        bool flag => [("the other", !flag)],
        Enum => [("zero", Enum.ToObject(value.GetType(), 0)), ("undefined", Enum.ToObject(value.GetType(), 99)), ("negative", Enum.ToObject(value.GetType(), -1))],
        _ => throw new NotSupportedException($"{field.FullName} is of a kind that nothing alters yet."),
    };

    private static IEnumerable<(string Name, object Value)> Texts() =>
        [("empty", ""), ("a space", " "), ("long", new string('a', 70_000)), ("a zero", "a\0"), ("another", "other"), ("dotted", "a.b.c")];
}
