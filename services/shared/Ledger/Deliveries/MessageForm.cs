using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
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
    private readonly Func<IMessage, object?> unknownFields;

    private MessageForm(MessageDescriptor type) => (fields, unknownFields) =
        ([.. type.Fields.InDeclarationOrder().Where(FieldForm.StandsFirst).Select(FieldForm.Of).OfType<FieldForm>()], UnknownFieldsOf(type.ClrType));

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

    /// <summary>Whether it or anything in it has a field, or a value of an enumeration, that is not known here.</summary>
    public bool HasUnknown(IMessage message)
    {
        if (unknownFields(message) is not null)
            return true;
        foreach (var field in fields)
            if (field.HasUnknown(message))
                return true;
        return false;
    }

    /// <summary>
    /// Reads what a generated message kept of fields that are not known; nothing where there were none. No public member tells of them, and writing each
    /// message again to see whether it gets shorter cost a tenth of what a busy federation does.
    /// </summary>
    private static Func<IMessage, object?> UnknownFieldsOf(System.Type type)
    {
        var kept = type.GetField("_unknownFields", BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new InvalidOperationException($"{type} keeps what it does not know elsewhere than messages did when this was written.");
        var message = Expression.Parameter(typeof(IMessage));
        return Expression.Lambda<Func<IMessage, object?>>(Expression.Field(Expression.Convert(message, type), kept), message).Compile();
    }
}
