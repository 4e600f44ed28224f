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

    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    /// <summary>A refusal of the rules, with its sentence and details.</summary>
    public static RpcException From(Refusal refusal)
    {
        var details = refusal.Details.Select(detail => (detail.Key, detail.Value)).Append(("later_may_help", refusal.LaterMayHelp ? "true" : "false"));
        return Of(CodeOf(refusal.Sort), refusal.Sentence, refusal.Reason, [.. details]);
    }

    /// <summary>A body that does not take commands just now.</summary>
    public static RpcException From(JournalUnavailableException problem) => problem.Why switch
    {
        Unavailability.Busy => Of(Code.ResourceExhausted, problem.Message, "JOURNAL_BUSY", [], Retry()),
        Unavailability.Full => Of(Code.ResourceExhausted, problem.Message, "JOURNAL_DISK_FULL", [], Retry()),
        Unavailability.Replaying => Of(Code.Unavailable, problem.Message, "JOURNAL_REPLAYING", [], Retry()),
        _ => Of(Code.Unavailable, problem.Message, "JOURNAL_STOPPED", []),
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
        return Of(Code.InvalidArgument, sentence, "MALFORMED", untold == 0 ? [] : [("further_faults", $"{untold}")], request);
    }

    public static RpcException Missing(string sentence, params (string, string)[] details) => Of(Code.NotFound, sentence, "NOT_HERE", details);

    public static RpcException Unauthenticated(string sentence) => Of(Code.Unauthenticated, sentence, "UNAUTHENTICATED", []);

    public static RpcException NotAllowed(string sentence, params (string, string)[] details) => Of(Code.PermissionDenied, sentence, "ROLE_NEEDED", details);

    /// <summary>A status with a reason and, where there are any, further details.</summary>
    public static RpcException Of(Code code, string sentence, string reason, (string Name, string Value)[] details, params IMessage[] more)
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

    private static RetryInfo Retry() => new() { RetryDelay = Duration.FromTimeSpan(TryAgain) };

    private static Code CodeOf(RefusalClass sort) => sort switch
    {
        RefusalClass.Malformed => Code.InvalidArgument,
        RefusalClass.Missing => Code.NotFound,
        RefusalClass.AlreadyUsed => Code.AlreadyExists,
        RefusalClass.NotAllowed => Code.PermissionDenied,
        _ => Code.FailedPrecondition,
    };
}
