using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FundingFlows.Fire;

/// <summary>What came of a run.</summary>
/// <param name="Findings">What is wrong, a sentence each.</param>
/// <param name="Acknowledged">Commands that were accepted.</param>
/// <param name="Again">Of them, those that had to be sent more than once.</param>
/// <param name="Refused">How many commands were refused, by what was asked and the reason.</param>
/// <param name="Entries">In all journals.</param>
/// <param name="PassedOn">Transfers that bodies made by themselves, because of a standing instruction.</param>
/// <param name="Reversed">Transfers that were refused, and came back.</param>
/// <param name="Settled">From the last blow until nothing was left to be done.</param>
internal sealed record FireOutcome(
    IReadOnlyList<string> Findings, int Acknowledged, int Again, IReadOnlyDictionary<string, int> Refused, int Entries, int PassedOn, int Reversed, int Kills, int Pauses, int Cuts, TimeSpan Settled)
{
    private const int MostShown = 40;
    private static readonly JsonSerializerOptions Form = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Acknowledged:N0} commands acknowledged ({Again:N0} of them sent more than once), {Refused.Values.Sum():N0} refused; {PassedOn:N0} transfers passed on, {Reversed:N0} refused and reversed; {Kills} kills, {Pauses} pauses, {Cuts} cuts; settled in {Settled.TotalSeconds:0.0} s: "
        + $"{Findings.Count switch { 0 => $"everything holds in {Entries:N0} entries.", 1 => "one finding.", var many => $"{many:N0} findings." }}");

    /// <summary>What is wrong, at most so many sentences, and how to come near to it again.</summary>
    public IEnumerable<string> Lines(FireOptions options, IReadOnlyList<string> done, string data)
    {
        foreach (var finding in Findings.Take(MostShown))
            yield return finding;
        if (Findings.Count > MostShown)
            yield return $"And {Findings.Count - MostShown:N0} more.";
        yield return $"The seed was {options.Seed}. This was done:";
        foreach (var one in done)
            yield return one;
        yield return $"Data and logs are kept in {data}.";
    }

    public Task WriteAsync(string path, FireOptions options, CancellationToken cancellation) => File.WriteAllTextAsync(
        path,
        JsonSerializer.Serialize(
            new
            {
                options.Seed,
                Seconds = options.Length.TotalSeconds,
                Acknowledged,
                AcknowledgedAgain = Again,
                Refused = Refused.Values.Sum(),
                RefusedBecause = Refused,
                Entries,
                PassedOn,
                Reversed,
                Kills,
                Pauses,
                Cuts,
                SettleSeconds = Math.Round(Settled.TotalSeconds, 3),
                Findings,
            },
            Form),
        cancellation);
}
