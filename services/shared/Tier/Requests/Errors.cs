using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace FundingFlows.Tiers;

/// <summary>The one place where refusals and failures become google.rpc status, each with a stable reason.</summary>
public static class Errors
{
    /// <summary>The domain of every reason.</summary>
    public const string Domain = "fundingflows";

    // A status travels in trailers, of which some clients take no more than 8 KiB; past its own limit a client reports INTERNAL.
    private const int MostSentence = 1_200;
    private const int MostValue = 200;
    private const int MostFaults = 2_800;

    private static readonly Dictionary<FailureReason, Code> Codes = System.Enum.GetValues<FailureReason>().ToDictionary(
        reason => reason, reason => typeof(FailureReason).GetField($"{reason}")!.GetCustomAttribute<FailsAttribute>()!.Code);

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    /// <summary>A refusal of the rules, with its sentence and details.</summary>
    public static RpcException From(Refusal refusal)
    {
        var details = refusal.Details.Select(detail => (detail.Key, detail.Value)).Append(("later_may_help", refusal.LaterMayHelp ? "true" : "false"));
        return With(CodeOf(refusal.Sort), refusal.Sentence, refusal.Reason, [.. details]);
    }

    /// <summary>A body that does not take commands just now.</summary>
    public static RpcException From(JournalUnavailableException problem) => problem.Why switch
    {
        Unavailability.Busy => Of(FailureReason.JournalBusy, problem.Message, [], Retry()),
        Unavailability.Full => Of(FailureReason.JournalDiskFull, problem.Message, [], Retry()),
        Unavailability.Replaying => Of(FailureReason.JournalReplaying, problem.Message, [], Retry()),
        Unavailability.ReadOnly => Of(FailureReason.JournalReadOnly, problem.Message, [], Retry()),
        _ => Of(FailureReason.JournalStopped, problem.Message, []),
    };

    /// <summary>Every field at fault, at once. Of very many the first, and how many more there are.</summary>
    public static RpcException Malformed(IReadOnlyCollection<(string Field, string Fault)> faults)
    {
        var request = new BadRequest();
        var room = MostFaults;
        foreach (var (field, fault) in faults)
        {
            var violation = new BadRequest.Types.FieldViolation { Field = field, Description = Short(fault, MostValue) };
            if ((room -= violation.CalculateSize()) < 0)
                break;
            request.FieldViolations.Add(violation);
        }
        var untold = faults.Count - request.FieldViolations.Count;
        var sentence = string.Join(" ", request.FieldViolations.Select(violation => $"{violation.Field} {violation.Description}"));
        return Of(FailureReason.Malformed, sentence, untold == 0 ? [] : [("further_faults", $"{untold}")], request);
    }

    public static RpcException Missing(string sentence, params (string, string)[] details) => Of(FailureReason.NotHere, sentence, details);

    public static RpcException Unauthenticated(string sentence) => Of(FailureReason.Unauthenticated, sentence, []);

    public static RpcException NotAllowed(string sentence, params (string, string)[] details) => Of(FailureReason.RoleNeeded, sentence, details);

    /// <summary>A failure for a fixed reason and, where there are any, further details.</summary>
    public static RpcException Of(FailureReason reason, string sentence, (string Name, string Value)[] details, params IMessage[] more) =>
        With(CodeOf(reason), sentence, ReasonOf(reason), details, more);

    /// <summary>How a fixed reason is written.</summary>
    public static string ReasonOf(FailureReason reason) => Refusal.Written($"{reason}");

    /// <summary>The status that goes with a sort of refusal.</summary>
    public static Code CodeOf(RefusalClass sort) => sort switch
    {
        RefusalClass.Malformed => Code.InvalidArgument,
        RefusalClass.Missing => Code.NotFound,
        RefusalClass.AlreadyUsed => Code.AlreadyExists,
        RefusalClass.NotAllowed => Code.PermissionDenied,
        _ => Code.FailedPrecondition,
    };

    /// <summary>The status that goes with a fixed reason.</summary>
    public static Code CodeOf(FailureReason reason) => Codes[reason];

    private static RpcException With(Code code, string sentence, string reason, (string Name, string Value)[] details, params IMessage[] more)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = reason };
        foreach (var (name, value) in details)
            info.Metadata[name] = Short(value, MostValue);
        var status = new Google.Rpc.Status { Code = (int)code, Message = Short(sentence, MostSentence), Details = { Any.Pack(info) } };
        status.Details.AddRange(more.Select(Any.Pack));
        return status.ToRpcException();
    }

    /// <summary>The beginning of a text that may be the caller's own, never cut within a character.</summary>
    private static string Short(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] + "...";

    internal static RetryInfo Retry() => new() { RetryDelay = Duration.FromTimeSpan(TryAgain) };
}
