using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace FundingFlows.Tiers.Tests;

/// <summary>Makes requests that nobody in their right mind would send, and ones that are nearly right, by chance that can be repeated.</summary>
public sealed class RandomRequests(Random random, IReadOnlyList<string> texts)
{
    private static readonly long[] Numbers = [0, 1, -1, 2, 100, 1_000, 1_001, 2_026, 2_200, int.MaxValue, int.MinValue, uint.MaxValue, 1_000_000_000_000_000, long.MaxValue, long.MinValue];
    private static readonly string[] Oddities =
    [
        "", " ", "a", "0", ".", "..", "\0", "\n", "\u2028", "é", "😀", "%00", "../..", "' OR 1=1 --", "{\"a\":1}", "a.1.1", "a.1.1.0", "a.1.9223372036854775807", "a.4294967295.0",
        "MjE0NzQ4MzY0Nw", "LTE", "bWhjbGc", "____", "AAAA", "00112233445566778899aabbccddeeff", "GB-CHC-1", "E05009057", new string('x', 33), new string('x', 5_000), new string('\n', 3_000), new string('é', 40_000),
    ];

    /// <summary>A message all of whose fields are as chance has it.</summary>
    public IMessage Any(MessageDescriptor type)
    {
        var message = Rpc.New(type);
        foreach (var field in type.Fields.InDeclarationOrder())
            if (random.Next(4) > 0)
                Fill(message, field);
        return message;
    }

    /// <summary>A message that differs from a good one in a few fields.</summary>
    public IMessage Spoilt(IMessage good)
    {
        var message = good.Descriptor.Parser.ParseFrom(good.ToByteArray());
        var fields = message.Descriptor.Fields.InDeclarationOrder();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var field = fields[random.Next(fields.Count)];
            if (field is { IsRepeated: false, FieldType: FieldType.Message } && field.Accessor.GetValue(message) is IMessage inner && random.Next(3) > 0)
                field.Accessor.SetValue(message, Spoilt(inner));
            else
                Fill(message, field);
        }
        return message;
    }

    /// <summary>The bytes of a message, now and then with a field that nobody knows.</summary>
    public byte[] Encoded(IMessage message)
    {
        if (random.Next(4) > 0)
            return message.ToByteArray();
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            message.WriteTo(output);
            output.WriteTag(1_000, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(Bytes()));
        }
        return bytes.ToArray();
    }

    private void Fill(IMessage message, FieldDescriptor field)
    {
        if (!field.IsRepeated)
        {
            field.Accessor.SetValue(message, Value(field));
            return;
        }
        var list = (System.Collections.IList)field.Accessor.GetValue(message);
        for (var count = random.Next(20) == 0 ? random.Next(500) : random.Next(4); count > 0; count--)
            list.Add(Value(field));
    }

    private object Value(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => random.Next(2) == 0 ? texts[random.Next(texts.Count)] : Oddities[random.Next(Oddities.Length)],
        FieldType.Bytes => ByteString.CopyFrom(Bytes()),
        FieldType.Bool => random.Next(2) == 0,
        FieldType.Enum => random.Next(3) == 0 ? unchecked((int)Number()) : random.Next(6),
        FieldType.Int32 => unchecked((int)Number()),
        FieldType.UInt32 => unchecked((uint)Number()),
        FieldType.Int64 => Number(),
        FieldType.UInt64 => unchecked((ulong)Number()),
        FieldType.Message => Any(field.MessageType),
        _ => throw new NotSupportedException($"{field.FullName} is of a type that no contract had so far."),
    };

    private long Number() => random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : random.Next(5_000);

    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(8) switch { 0 => 0, 1 => 32, 2 => 64, 3 => random.Next(10) == 0 ? 70_000 : 66, _ => random.Next(200) }];
        random.NextBytes(bytes);
        return bytes;
    }
}
