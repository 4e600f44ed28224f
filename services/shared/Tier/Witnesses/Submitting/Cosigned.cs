using System.Collections.Concurrent;

namespace FundingFlows.Tiers;

/// <summary>What witnesses have cosigned of the hosted bodies' newest checkpoints. It is asked of them afresh after a start, and needs not be kept.</summary>
public sealed class Cosigned
{
    private readonly ConcurrentDictionary<string, Checked> newest = new();

    /// <summary>Keeps the signature line of a witness on a checkpoint. Those on one of fewer entries are forgotten.</summary>
    public void Add(Checkpoint checkpoint, string witness, string line) => newest.AddOrUpdate(
        checkpoint.Origin,
        _ => new Checked(checkpoint, [(witness, line)]),
        (_, before) => before.Checkpoint.Size > checkpoint.Size ? before
            : before.Checkpoint.Text == checkpoint.Text ? before with { Lines = [.. before.Lines.Where(one => one.Witness != witness), (witness, line)] }
            : new Checked(checkpoint, [(witness, line)]));

    /// <summary>A body's own note with what witnesses have cosigned of it.</summary>
    public string With(string note) =>
        Checkpoint.Read(note) is { } checkpoint && newest.TryGetValue(checkpoint.Origin, out var cosigned) && cosigned.Checkpoint.Text == checkpoint.Text
            ? note + string.Concat(cosigned.Lines.Select(one => one.Line)) : note;

    private sealed record Checked(Checkpoint Checkpoint, IReadOnlyList<(string Witness, string Line)> Lines);
}
