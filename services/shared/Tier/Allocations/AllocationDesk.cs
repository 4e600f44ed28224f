using FundingFlows.Allocations;
using Sent = FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Tiers;

/// <summary>
/// Works runs out for anyone who asks, one at a time in a process, so that they cannot crowd out the commands of officers. Only a few
/// wait; more are told to come again.
/// </summary>
public sealed class AllocationDesk : IDisposable
{
    /// <summary>How many may wait or be at it.</summary>
    public const int MostWaiting = 8;

    private readonly SemaphoreSlim turn = new(1, 1);
    private int waiting;

    /// <summary>How many wait or are at it.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public void Dispose() => turn.Dispose();

    /// <summary>Does some work in its turn. Throws RESOURCE_EXHAUSTED when too many wait.</summary>
    public async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            throw Errors.Of(FailureReason.AllocationsBusy, "Other allocations are being worked out: try again in a moment.", [], Errors.Retry());
        }
        try
        {
            return await InTurnOfOfficerAsync(work, cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>The same for an officer's command, which is not told to come again however many wait.</summary>
    public async Task<T> InTurnOfOfficerAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return work();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The allocation that a formula gives. Throws INVALID_ARGUMENT that lists what is wrong.</summary>
    internal static AllocationResult Run(Formula formula, IReadOnlyList<PotLine> pot, IndicatorTable table, string field = "formula") =>
        Value(FundingFlows.Allocations.Run.Of(new RunInputs(formula, pot, table)), field);

    internal static IndicatorTable Table(Sent.IndicatorTables? sent)
    {
        var (descriptions, figures) = FormulaRequests.Tables("indicators", sent);
        return Value(CsvIndicators.Read(descriptions, figures), "indicators");
    }

    internal static T Value<T>(Outcome<T> outcome, string field)
        where T : class =>
        outcome.IsRefused ? throw Errors.Malformed([.. outcome.Faults.Select(fault => (FieldOf(fault, field), fault.Sentence))]) : outcome.Value;

    /// <summary>The pot is a field of its own. What a sentence says first, the field need not say again.</summary>
    private static string FieldOf(Fault fault, string field) =>
        fault.Item == PotRules.Item || fault.Item.StartsWith($"{PotRules.Item}: ", StringComparison.Ordinal) ? fault.Item
        : fault.Sentence.StartsWith($"{fault.Item}:", StringComparison.Ordinal) ? field
        : $"{field}: {fault.Item}";
}
