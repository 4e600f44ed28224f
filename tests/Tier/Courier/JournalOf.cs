namespace FundingFlows.Tiers.Tests;

/// <summary>Reads a body's whole journal, as anyone can.</summary>
internal static class JournalOf
{
    public static async Task<IReadOnlyList<Entry>> ReadAsync(TestFederation federation, string body)
    {
        var journals = new JournalService.JournalServiceClient(federation.ToBody(body));
        var entries = new List<Entry>();
        while (true)
        {
            var answer = await journals.ReadJournalAsync(new ReadJournalRequest { Body = body, FromIndex = (ulong)entries.Count, PageSize = 1_000 });
            entries.AddRange(answer.Page.Entries.Select(bytes => Entry.Parser.ParseFrom(bytes)));
            if ((ulong)entries.Count >= answer.Size)
                return entries;
        }
    }

    /// <summary>The facts of one kind in a body's journal, in order.</summary>
    public static async Task<IReadOnlyList<T>> FactsAsync<T>(TestFederation federation, string body, Func<Fact, T?> select)
        where T : class =>
        [.. (await ReadAsync(federation, body)).Select(entry => select(entry.Fact)).OfType<T>()];
}
