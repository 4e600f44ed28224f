using System.Globalization;

namespace FundingFlows.Verifier;

/// <summary>Says which witnesses cosigned the checkpoint of a journal. One that has not cosigned it (yet) is no fault; a cosignature that does not hold is.</summary>
internal static class WitnessCheck
{
    /// <summary>Words to be added to what is said of a journal that holds. Empty: no witness was asked about.</summary>
    public static string Run(CheckedJournal journal, IEnumerable<CosignerKey> witnesses) =>
        journal.Checkpoint is null || !SignedNote.TryParse(journal.Note, out var note) ? "" : string.Concat(witnesses.Select(witness => Said(journal, note, witness)));

    private static string Said(CheckedJournal journal, SignedNote note, CosignerKey witness)
    {
        if (Cosignature.TimeOf(journal.Note, witness) is { } seconds)
            return $", cosigned by {witness.Name} on {TimeOf(seconds)}";
        if (note.LinesOf(witness.Name, witness.KeyId).Length > 0)
            journal.Find($"checkpoint is altered: the cosignature of {witness.Name} in it does not hold.");
        return $", not cosigned by {witness.Name} (yet)";
    }

    private static string TimeOf(long seconds) => seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("d MMMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + " UTC" : $"second {seconds}";
}
