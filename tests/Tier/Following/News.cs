namespace FundingFlows.Tiers.Tests;

/// <summary>News of journals, as tests make it.</summary>
internal static class News
{
    /// <summary>That a journal has moved, to an entry that nobody has yet.</summary>
    public static JournalMoved Of(string body, string checkpoint, long last = 1_000_000) => new(body, 1, 0, last, checkpoint);
}
