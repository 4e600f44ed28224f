using FundingFlows.Contracts.Audit.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Gateway.Tests;

/// <summary>Traces made by hand.</summary>
internal static class Traces
{
    public static readonly Timestamp Day = new DateTimeOffset(2026, 5, 4, 9, 30, 15, TimeSpan.Zero).ToTimestamp();

    /// <summary>A payment of a council, from money that it was sent by the centre.</summary>
    public static TracePaymentResponse Of(params TracePath[] paths) => new()
    {
        Payment = new AuditedPayment
        {
            Id = "E06000047.1.3",
            Body = "E06000047",
            OfficialName = "Durham",
            Payee = "GB-COH-1",
            Category = "high-street",
            AmountPence = paths.Sum(path => path.AmountPence),
            RecordedAt = Day,
        },
        Paths = { paths },
        Holds = paths.All(path => path.Steps.All(step => step.Holds)),
    };

    public static TracePath Path(long pence, params TraceStep[] steps) =>
        new() { AmountPence = pence, Source = new Source { Kind = SourceKind.ParliamentaryVote, Reference = "estimate" }, Steps = { steps } };

    public static TraceStep Step(StepKind kind, string body, long pence, bool holds = true, Line? line = null) => new()
    {
        Kind = kind,
        Body = body,
        OfficialName = body,
        Tier = Tier.Council,
        Entry = $"{body}.1.{(int)kind}",
        RecordedAt = Day,
        AmountPence = pence,
        LotAmountPence = pence * 2,
        Line = line ?? new Line { Kind = Kind.Capital, Years = new YearWindow { FirstYear = 2026, LastYear = 2026 } },
        Proof = new InclusionProof { LeafHash = ByteString.CopyFrom(new byte[32]) },
        Holds = holds,
    };
}
