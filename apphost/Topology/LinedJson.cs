using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FundingFlows.Topologies;

/// <summary>A JSON value that knows the line on which it begins, so that a fault in a file can say where it is.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Value">A string, long, decimal, bool or null; a list of values; or names and values.</param>
internal sealed record LinedJson(int Line, object? Value)
{
    public IReadOnlyList<LinedJson>? Items => Value as IReadOnlyList<LinedJson>;

    public IReadOnlyDictionary<string, LinedJson>? Members => Value as IReadOnlyDictionary<string, LinedJson>;

    /// <summary>Reads a whole text. Throws <see cref="JsonException"/>, with its line, when it is not JSON.</summary>
    public static LinedJson Parse(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var lines = new LineCount(bytes);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = false });
        reader.Read();
        var value = Read(ref reader, lines);
        while (reader.Read())
        {
            // Nothing may follow; the reader throws when something does.
        }
        return value;
    }

    private static LinedJson Read(ref Utf8JsonReader reader, LineCount lines)
    {
        var line = lines.At(reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                var items = new List<LinedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader, lines));
                return new LinedJson(line, items);
            case JsonTokenType.StartObject:
                var members = new Dictionary<string, LinedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    var nameLine = lines.At(reader.TokenStartIndex);
                    reader.Read();
                    if (!members.TryAdd(name, Read(ref reader, lines)))
                        throw new JsonException($"\"{name}\" stands twice in one object.", null, nameLine - 1, null);
                }
                return new LinedJson(line, members);
            case JsonTokenType.String:
                return new LinedJson(line, reader.GetString());
            case JsonTokenType.Number:
                return new LinedJson(line, reader.TryGetInt64(out var whole) ? whole : decimal.Parse(Encoding.UTF8.GetString(reader.ValueSpan), NumberStyles.Float, CultureInfo.InvariantCulture));
            case JsonTokenType.Null:
                return new LinedJson(line, null);
            default:
                return new LinedJson(line, reader.TokenType == JsonTokenType.True);
        }
    }

    private sealed class LineCount(byte[] bytes)
    {
        private long counted;
        private int line = 1;

        /// <summary>The line of a byte. Asked for in growing order.</summary>
        public int At(long position)
        {
            for (; counted < position; counted++)
                if (bytes[counted] == '\n')
                    line++;
            return line;
        }
    }
}
