using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using Google.Protobuf;

namespace FundingFlows.Ledger.Tests;

/// <summary>
/// All that an object holds, in every field down to the last, as text: two books with equal dumps cannot be told apart.
/// Dictionaries and sets are written in the order of their keys; lists as they are.
/// </summary>
internal sealed class Dump
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> FieldsOf = [];
    private readonly Dictionary<object, int> seen = new(ReferenceEqualityComparer.Instance);
    private readonly StringBuilder text = new();

    public static string Of(object? value)
    {
        var dump = new Dump();
        dump.Write(value, 0);
        return dump.text.ToString();
    }

    private void Write(object? value, int depth)
    {
        if (value is null or string or IFormattable and not IMessage or bool or EntryId or LotId or Lot or FundLine or EarmarkSet or Years)
            text.AppendLine(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "-");
        else if (value is IMessage message)
            text.AppendLine(Convert.ToBase64String(message.ToByteArray()));
        else if (value is ByteString bytes)
            text.AppendLine(bytes.ToBase64());
        else if (!value.GetType().IsValueType && !seen.TryAdd(value, seen.Count))
            text.Append("as ").AppendLine(CultureInfo.InvariantCulture, $"{seen[value]}");
        else if (value is IDictionary dictionary)
            WriteAll(dictionary.Cast<object>().Select(pair => (Name: Line(Key(pair)), Item: Value(pair))).OrderBy(pair => pair.Name, StringComparer.Ordinal), depth);
        else if (value is IEnumerable<EntryId> entries)
            text.AppendJoin(' ', entries.Order()).AppendLine();
        else if (value is IEnumerable items)
            WriteAll(items.Cast<object?>().Select((item, i) => ($"{i}", item)), depth);
        else
            WriteAll(FieldsOf.GetOrAdd(value.GetType(), Fields).Select(field => (field.Name, field.GetValue(value))), depth);
    }

    private void WriteAll(IEnumerable<(string Name, object? Item)> items, int depth)
    {
        text.AppendLine();
        foreach (var (name, item) in items)
        {
            text.Append(' ', depth * 2).Append(name).Append(": ");
            Write(item, depth + 1);
        }
    }

    private static string Line(object? key) => Of(key).ReplaceLineEndings(" ");

    private static object? Key(object pair) => pair.GetType().GetProperty("Key")!.GetValue(pair);

    private static object? Value(object pair) => pair.GetType().GetProperty("Value")!.GetValue(pair);

    private static FieldInfo[] Fields(Type type) =>
    [
        .. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).OrderBy(field => field.Name, StringComparer.Ordinal),
    ];
}
