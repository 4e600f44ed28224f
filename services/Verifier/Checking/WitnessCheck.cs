using System.Globalization;

namespace FundingFlows.Verifier;

/// <summary>Says which witnesses cosigned a checkpoint. One that has not cosigned it (yet) is no fault; a cosignature that does not hold is.</summary>
internal static class WitnessCheck
{
    /// <summary>Words to be added to what is said of a checkpoint that holds. Empty: no witness was asked about.</summary>
    /// <param name="find">Takes what is wrong, in a sentence each.</param>
    public static string Run(string text, IEnumerable<CosignerKey> witnesses, Action<string> find) =>
        SignedNote.TryParse(text, out var note) ? string.Concat(witnesses.Select(witness => Said(text, note, witness, find))) : "";

    private static string Said(string text, SignedNote note, CosignerKey witness, Action<string> find)
    {
        if (Cosignature.TimeOf(text, witness) is { } seconds)
            return $", cosigned by {witness.Name} on {TimeOf(seconds)}";
        if (note.LinesOf(witness.Name, witness.KeyId).Length > 0)
            find($"checkpoint is altered: the cosignature of {witness.Name} in it does not hold.");
        return $", not cosigned by {witness.Name} (yet)";
    }

    private static string TimeOf(long seconds) => seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
        ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("d MMMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + " UTC" : $"second {seconds}";
}
