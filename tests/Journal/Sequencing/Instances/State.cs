using System.Globalization;

namespace FundingFlows.Journal.Tests;

/// <summary>What a body holds, as text that can be compared, and waiting for what a body becomes.</summary>
internal static class State
{
    /// <summary>Size, root, accounts, lots, funds: all that the commands of these tests can move.</summary>
    public static Task<string> StateAsync(this Sequencer body) => body.ReadAsync(Of, TestContext.Current.CancellationToken);

    public static Task<long> IssuedAsync(this Sequencer body) =>
        body.ReadAsync(books => books.Accounts.Total[Account.Issued], TestContext.Current.CancellationToken);

    public static string Of(Books books, byte[] root) => string.Join('\n', (IEnumerable<string>)
    [
        $"{books.Body} {books.Federation} {books.Epoch} {books.Tier} {books.Size} {books.NewestEntryAt} {Convert.ToHexString(root)}",
        .. books.Funds.All.Select(fund => $"{fund}"),
        .. books.Accounts.Lines.Select(line => $"{line.Key}: {string.Join(' ', Enum.GetValues<Account>().Select(account => Number(line.Value[account])))}"),
        .. books.Lots.All.Select(lot => $"{lot.Id} {lot.Line} {Number(lot.AmountPence)} {Number(lot.RemainingPence)} {lot.Origin}"),
    ]);

    /// <summary>Waits until the body serves again after its journal was read afresh.</summary>
    public static async Task ServesAsync(this Sequencer body) => Assert.Null(await SettledAsync(body));

    /// <summary>Waits until the body has stopped for good, and answers with why.</summary>
    public static async Task<string> StoppedAsync(this Sequencer body) => Assert.IsType<string>(await SettledAsync(body));

    /// <summary>Waits until the body does not serve for that reason.</summary>
    public static async Task ClosedAsync(this Sequencer body, string why)
    {
        while (body.ClosedBecause != why)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public static async Task<Unavailability> WhyUnavailableAsync(Func<Task> act) => (await Assert.ThrowsAsync<JournalUnavailableException>(act)).Why;

    /// <summary>Waits while the body reads its journal afresh; then, why it does not serve.</summary>
    private static async Task<string?> SettledAsync(Sequencer body)
    {
        while (true)
        {
            var why = body.ClosedBecause;
            if (why is null || !why.Contains("reads its journal afresh", StringComparison.Ordinal))
                return why;
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
