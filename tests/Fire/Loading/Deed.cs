using System.Globalization;
using Google.Protobuf;

namespace FundingFlows.Fire;

/// <summary>One command as an officer gives it, again and again with the same id until the answer is final.</summary>
/// <param name="Body">The body that is to carry it out.</param>
/// <param name="Role">The officer's role there.</param>
/// <param name="Request">What is asked.</param>
/// <param name="SendAsync">Asks it once.</param>
/// <param name="Means">Whether a fact is what was asked for.</param>
/// <param name="Done">Told of the answer when it is accepted.</param>
internal sealed record Deed(
    string Body, string Role, IMessage Request, Func<CallOptions, Task<IMessage>> SendAsync, Func<Fact, bool> Means, Action<IMessage> Done)
{
    /// <summary>It can never be accepted.</summary>
    public bool IsHopeless { get; init; }

    /// <summary>It bears the id of another one, which was accepted.</summary>
    public bool BearsAnothersId { get; init; }

    /// <summary>Told when it is refused.</summary>
    public Action? NotDone { get; init; }

    /// <summary>The name of what is asked.</summary>
    public string What => Request.Descriptor.Name.Replace("Request", "", StringComparison.Ordinal);

    public string CommandId { get; } = (string)Request.Descriptor.FindFieldByName("command_id").Accessor.GetValue(Request);

    /// <summary>The id as entries have it: 16 bytes, big-endian.</summary>
    public ByteString EntryId => ToEntryId(CommandId);

    public static ByteString ToEntryId(string commandId) => ByteString.CopyFrom(Guid.Parse(commandId, CultureInfo.InvariantCulture).ToByteArray(bigEndian: true));

    public static string ToCommandId(ByteString entryId) => new Guid(entryId.Span, bigEndian: true).ToString();

    public static Deed Of<T>(string body, string role, IMessage request, Func<CallOptions, AsyncUnaryCall<T>> send, Func<Fact, bool> means, Action<T>? done = null)
        where T : IMessage => new(body, role, request, async options => await send(options), means, answer => done?.Invoke((T)answer));

    public override string ToString() => $"{What} {CommandId} of {Body}";
}

/// <summary>A command that was accepted, and where it is recorded, as the body said.</summary>
/// <param name="Attempts">How often it was sent.</param>
internal sealed record Acknowledged(Deed Deed, Recorded Recorded, int Attempts)
{
    /// <summary>The part of every answer to a command that says where it is recorded.</summary>
    public static Recorded RecordedIn(IMessage answer) => (Recorded)answer.Descriptor.FindFieldByName("recorded").Accessor.GetValue(answer);
}

/// <summary>A command that was refused.</summary>
/// <param name="Reason">The stable reason.</param>
/// <param name="Said">What the body answered.</param>
/// <param name="IsSure">
/// No attempt before it was left without an answer. Otherwise one of them may still be on its way when a later one is refused, and be accepted after it:
/// a refusal binds nothing.
/// </param>
internal sealed record Refused(Deed Deed, string Reason, string Said, bool IsSure);
