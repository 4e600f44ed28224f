using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;

namespace FundingFlows.Tiers;

/// <summary>The one place where refusals and failures become google.rpc status, each with a stable reason.</summary>
public static class Errors
{
    /// <summary>The domain of every reason.</summary>
    public const string Domain = "fundingflows";

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

    /// <summary>Every field at fault, at once.</summary>
    public static RpcException Malformed(IEnumerable<(string Field, string Fault)> faults)
    {
        var request = new BadRequest();
        foreach (var (field, fault) in faults)
            request.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = field, Description = fault });
        var sentence = string.Join(" ", request.FieldViolations.Select(violation => $"{violation.Field} {violation.Description}"));
        return Of(Code.InvalidArgument, sentence, "MALFORMED", [], request);
    }

    public static RpcException Missing(string sentence, params (string, string)[] details) => Of(Code.NotFound, sentence, "NOT_HERE", details);

    public static RpcException Unauthenticated(string sentence) => Of(Code.Unauthenticated, sentence, "UNAUTHENTICATED", []);

    public static RpcException NotAllowed(string sentence, params (string, string)[] details) => Of(Code.PermissionDenied, sentence, "ROLE_NEEDED", details);

    /// <summary>A status with a reason and, where there are any, further details.</summary>
    public static RpcException Of(Code code, string sentence, string reason, (string Name, string Value)[] details, params IMessage[] more)
    {
        var info = new ErrorInfo { Domain = Domain, Reason = reason };
        foreach (var (name, value) in details)
            info.Metadata[name] = value;
        var status = new Google.Rpc.Status { Code = (int)code, Message = sentence, Details = { Any.Pack(info) } };
        status.Details.AddRange(more.Select(Any.Pack));
        return status.ToRpcException();
    }

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
