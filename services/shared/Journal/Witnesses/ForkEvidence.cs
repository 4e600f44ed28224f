using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FundingFlows.Journal;

/// <summary>A checkpoint that a body signed.</summary>
/// <param name="Note">With the body's signature.</param>
/// <param name="Key">The key that it is signed with.</param>
public sealed record SignedCheckpoint(string Note, VerifierKey Key);

/// <summary>
/// A file that shows anyone that a body told two histories. It holds two checkpoints that the body signed: of equal size with
/// different roots, or of different sizes with hashes that lead to the root of the later one from another root of the earlier size
/// than that of the earlier one.
/// </summary>
/// <param name="Earlier">The one of no more entries.</param>
/// <param name="OtherRoot">The root that the later one's journal has at the earlier size: 32 bytes. Null: both are of equal size.</param>
/// <param name="Path">A consistency proof (RFC 6962) from that root to the later one's.</param>
public sealed record ForkEvidence(SignedCheckpoint Earlier, SignedCheckpoint Later, byte[]? OtherRoot, IReadOnlyList<byte[]> Path)
{
    private const string Header = "fundingflows-evidence/v1";
    private const string EarlierWord = "earlier ";
    private const string LaterWord = "later ";
    private const string RootWord = "root ";
    private const int MostHashes = 63;

    /// <summary>Two checkpoints of equal size with different roots. Null: they are not that.</summary>
    public static ForkEvidence? Of(SignedCheckpoint one, SignedCheckpoint other) => Proved(new ForkEvidence(Bare(one), Bare(other), null, []));

    /// <summary>Two checkpoints of different sizes, with the root that the later one's journal has at the earlier size. Null: they and the hashes contradict nothing.</summary>
    public static ForkEvidence? Of(SignedCheckpoint earlier, SignedCheckpoint later, byte[] otherRoot, IReadOnlyList<byte[]> path) =>
        Proved(new ForkEvidence(Bare(earlier), Bare(later), otherRoot, path));

    /// <summary>Reads a file; false for anything that is not written exactly as it should be. Whether it proves anything is another question.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ForkEvidence? evidence)
    {
        evidence = null;
        // A checkpoint has one empty line in it, so that five parts are the head and two checkpoints.
        if (text.Split("\n\n") is not [var head, var earlierText, var earlierSigned, var laterText, var laterSigned]
            || head.Split('\n') is not [Header, var earlierKey, var laterKey, .. var rest]
            || KeyOf(earlierKey, EarlierWord) is not { } keyOfEarlier || KeyOf(laterKey, LaterWord) is not { } keyOfLater)
            return false;
        var (earlier, later) = ($"{earlierText}\n\n{earlierSigned}\n", $"{laterText}\n\n{laterSigned}");
        var hashes = rest.Select((line, i) => HashOf(i > 0 ? line : line.StartsWith(RootWord, StringComparison.Ordinal) ? line[RootWord.Length..] : "")).ToList();
        if (Checkpoint.Read(earlier) is null || Checkpoint.Read(later) is null || hashes.Count > MostHashes + 1 || hashes.Contains(null))
            return false;
        evidence = new ForkEvidence(
            new SignedCheckpoint(earlier, keyOfEarlier), new SignedCheckpoint(later, keyOfLater), hashes.FirstOrDefault(), [.. hashes.Skip(1).OfType<byte[]>()]);
        return true;
    }

    /// <summary>Why it does not show that the body told two histories, in a sentence. Null: it does, to whoever knows that the keys are the body's.</summary>
    public string? Fault()
    {
        if (Checkpoint.Open(Earlier.Note, Earlier.Key, out var problem) is not { } earlier || Checkpoint.Open(Later.Note, Later.Key, out problem) is not { } later)
            return $"It proves nothing: {problem}.";
        if (earlier.Origin != later.Origin)
            return $"It proves nothing: one checkpoint is of {earlier.Origin}, the other of {later.Origin}.";
        if (earlier.Size == later.Size)
            return OtherRoot is not null ? "It proves nothing: checkpoints of equal size are compared by their roots alone, and it holds more."
                : earlier.Root.AsSpan().SequenceEqual(later.Root) ? $"It proves nothing: both checkpoints say the same of {earlier.Size} entries."
                : null;
        if (earlier.Size > later.Size)
            return $"It proves nothing: the checkpoint that is named the earlier has {earlier.Size} entries, the other {later.Size}.";
        if (OtherRoot is null || !ConsistencyProofs.Hold(earlier.Size, later.Size, Path, OtherRoot, later.Root))
            return $"It proves nothing: its hashes do not lead from {earlier.Size} entries to the root of {later.Size}.";
        return OtherRoot.AsSpan().SequenceEqual(earlier.Root) ? $"It proves nothing: the journal of {later.Size} entries begins with that of {earlier.Size}." : null;
    }

    /// <summary>What it shows, in a sentence. Only of one without a fault.</summary>
    public string Sentence()
    {
        var (earlier, later) = (Checkpoint.Read(Earlier.Note)!, Checkpoint.Read(Later.Note)!);
        return earlier.Size == later.Size
            ? $"{earlier.Origin} told two histories: it signed two different roots of {earlier.Size} entries."
            : $"{earlier.Origin} told two histories: it signed a root of {earlier.Size} entries, and one of {later.Size} entries whose first {earlier.Size} have another root.";
    }

    /// <summary>The file.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Header}\n{EarlierWord}{Earlier.Key}\n{LaterWord}{Later.Key}\n");
        if (OtherRoot is not null)
            text.Append(RootWord).Append(Convert.ToBase64String(OtherRoot)).Append('\n');
        foreach (var hash in Path)
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(Earlier.Note).Append('\n').Append(Later.Note).ToString();
    }

    private static ForkEvidence? Proved(ForkEvidence evidence) => evidence.Fault() is null ? evidence : null;

    /// <summary>Without what others signed.</summary>
    private static SignedCheckpoint Bare(SignedCheckpoint one) => SignedNote.TryParse(one.Note, out var note) ? one with { Note = note.Only(one.Key) } : one;

    private static VerifierKey? KeyOf(string line, string word) =>
        line.StartsWith(word, StringComparison.Ordinal) && VerifierKey.TryParse(line[word.Length..], out var key) ? key : null;

    private static byte[]? HashOf(string text) => StrictBase64.Read(text) is { Length: MerkleHash.Length } hash ? hash : null;
}
