namespace FundingFlows.Ledger.Tests;

/// <summary>Books read again from the exact bytes of a journal.</summary>
internal static class Replay
{
    public static Books Of(TestBody body) => Of(body, body.Journal.Count);

    /// <summary>The books as they were after so many entries; an operation of several parts is taken whole.</summary>
    public static Books Of(TestBody body, int entries)
    {
        var books = new Books();
        for (var i = 0; i < body.Journal.Count; i++)
        {
            var entry = Entry.Parser.ParseFrom(body.Journal[i]);
            if (i >= entries && entry.Part <= 1)
                break;
            books.Apply(entry);
        }
        return books;
    }
}
