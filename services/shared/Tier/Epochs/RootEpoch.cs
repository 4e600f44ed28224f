using Google.Protobuf;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>
/// The epoch of the root's own journal. Nobody stands above the root to declare one: the settings of every instance name it in the trust root, and
/// those of the root's own instance hold the checkpoint of what it keeps.
/// </summary>
public sealed class RootEpoch
{
    private readonly VerifierKey key;
    private readonly JournalOrigin trusted;
    private readonly Checkpoint? keeps;

    private RootEpoch(VerifierKey key, JournalOrigin trusted, Checkpoint? keeps) => (this.key, this.trusted, this.keeps) = (key, trusted, keeps);

    /// <summary>As settings that have no fault say it.</summary>
    public static RootEpoch Of(InstanceOptions options) => VerifierKey.TryParse(options.TrustRoot, out var key) && JournalOrigin.TryParse(key.Name, out var origin)
        ? new RootEpoch(key, origin, options.RootKeeps.Length == 0 ? null : Checkpoint.Read(NoteOf(options)))
        : throw new InvalidOperationException("The trust root is not the verifier key of a body.");

    /// <summary>What is wrong with the checkpoint in the settings, to follow the setting's name. Null: nothing, or there is none.</summary>
    /// <param name="root">The trust root.</param>
    internal static string? FaultOf(InstanceOptions options, VerifierKey root)
    {
        if (options.RootKeeps.Length == 0 || !JournalOrigin.TryParse(root.Name, out var trusted))
            return null;
        if (Checkpoint.Read(NoteOf(options)) is not { Size: >= 1 } keeps)
            return "is no signed checkpoint of at least 1 entry, as C2SP tlog-checkpoint says.";
        var isRoots = JournalOrigin.TryParse(keeps.Origin, out var kept) && kept with { Epoch = trusted.Epoch } == trusted;
        if (!isRoots || kept!.Epoch >= trusted.Epoch)
            return $"is a checkpoint of {keeps.Origin}, which is no earlier epoch of {root.Name}, the journal that {nameof(InstanceOptions.TrustRoot)} names"
                + (isRoots && kept!.Epoch == trusted.Epoch ? $": to begin the next, that must be {Key(root, trusted, trusted.Epoch + 1)} in every instance" : ".");
        return Checkpoint.Open(NoteOf(options), VerifierKey.Of(keeps.Origin, root.PublicKey), out _) is null ? $"is not signed with the key of {nameof(InstanceOptions.TrustRoot)}." : null;
    }

    /// <summary>Whether a body is the root of the federation.</summary>
    public bool IsOf(string body) => trusted.Body == body;

    /// <summary>The epoch that the settings declare. Null: none, or one of which only the root's own instance knows what it keeps.</summary>
    public EpochDeclared? Declared => keeps is null || !JournalOrigin.TryParse(keeps.Origin, out var kept) ? null : new EpochDeclared
    {
        Body = trusted.Body,
        Epoch = trusted.Epoch,
        KeptEpoch = kept.Epoch,
        KeptSize = (ulong)keeps.Size,
        KeptRoot = ByteString.CopyFrom(keeps.Root),
    };

    /// <summary>
    /// Compares the settings with the root's own journal before anything is written: <see cref="OptionsValidationException"/> says what is wrong with them.
    /// </summary>
    /// <param name="epochs">The epochs that have begun in it. Empty: the store holds no journal.</param>
    /// <param name="mayBeLost">Whether a journal that is not there may have been, so that others are asked for it.</param>
    public void Check(IReadOnlyList<(uint Epoch, long From)> epochs, bool mayBeLost, Func<long, byte[]> rootAt)
    {
        var newest = epochs.Count == 0 ? 0 : epochs[^1].Epoch;
        if (trusted.Epoch < newest)
            throw Wrong(nameof(InstanceOptions.TrustRoot), $"names epoch {trusted.Epoch} of {trusted.Body}, whose journal is in epoch {newest}: in every instance it must be {Key(newest)}");
        if (trusted.Epoch > Math.Max(1, newest))
            CheckNext(newest, mayBeLost);
        else if (Declared is { } declared && (epochs[^1].From != (long)declared.KeptSize || !rootAt(epochs[^1].From).AsSpan().SequenceEqual(declared.KeptRoot.Span)))
            throw Wrong(
                nameof(InstanceOptions.RootKeeps),
                $"is a checkpoint of {declared.KeptSize} entries, and epoch {newest} of {trusted.Body} has begun behind {(epochs[^1].From == (long)declared.KeptSize ? "others" : $"{epochs[^1].From}")}: an epoch begins once.");
    }

    private void CheckNext(uint newest, bool mayBeLost)
    {
        if (Declared is not { } declared)
            throw Wrong(nameof(InstanceOptions.TrustRoot), $"names epoch {trusted.Epoch} of {trusted.Body}, which has not begun: give the checkpoint of what it keeps in {nameof(InstanceOptions.RootKeeps)}.");
        if (newest == 0 && !mayBeLost)
            throw Wrong(nameof(InstanceOptions.TrustRoot), $"names epoch {trusted.Epoch} of {trusted.Body}, which has no journal yet: the first epoch is 1, {Key(1)}");
        // A disk that is older than what is kept has the epochs between from whoever kept them.
        if (newest > 0 && trusted.Epoch != newest + 1L && declared.KeptEpoch <= newest)
            throw Wrong(nameof(InstanceOptions.TrustRoot), $"names epoch {trusted.Epoch} of {trusted.Body}, whose journal is in epoch {newest}: the next is {newest + 1L}, {Key(newest + 1)}");
    }

    private string Key(uint epoch) => Key(key, trusted, epoch);

    private static string Key(VerifierKey root, JournalOrigin trusted, uint epoch) => $"{VerifierKey.Of(Names.Origin(trusted.Federation, trusted.Body, epoch), root.PublicKey)}";

    private static OptionsValidationException Wrong(string setting, string what) => new(
        InstanceOptions.Section, typeof(InstanceOptions), [$"{InstanceOptions.Section}:{setting} {what}"]);

    /// <summary>A note ends with a newline, which shells cut off.</summary>
    private static string NoteOf(InstanceOptions options) => options.RootKeeps.TrimEnd('\n') + "\n";
}
