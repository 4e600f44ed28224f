using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Ledger;

/// <summary>
/// What is looked at in every message of a type from outside: made once for the type, so that each of millions of messages costs no reflection.
/// </summary>
internal sealed class MessageForm
{
    private const long FirstSecond = -62_135_596_800;
    private const long LastSecond = 253_402_300_799;
    private static readonly ConcurrentDictionary<MessageDescriptor, MessageForm> Made = new();
    private readonly FieldForm[] fields;

    private MessageForm(MessageDescriptor type) =>
        fields = [.. type.Fields.InDeclarationOrder().Where(FieldForm.StandsFirst).Select(FieldForm.Of).OfType<FieldForm>()];

    public static MessageForm Of(MessageDescriptor type) => Made.GetOrAdd(type, static made => new MessageForm(made));

    /// <summary>What it lacks, or which number of it cannot be computed with, to follow the name of the entry. Null: nothing.</summary>
    public string? FaultOf(IMessage message)
    {
        if (message is Timestamp time)
            return time.Seconds is >= FirstSecond and <= LastSecond && time.Nanos is >= 0 and < 1_000_000_000 ? null : "was recorded at no time that there is";
        foreach (var field in fields)
            if (field.FaultOf(message) is { } fault)
                return fault;
        return null;
    }

    /// <summary>Whether it or anything in it has a value of an enumeration that is not known here.</summary>
    public bool HasUnknownValue(IMessage message)
    {
        foreach (var field in fields)
            if (field.HasUnknownValue(message))
                return true;
        return false;
    }
}
