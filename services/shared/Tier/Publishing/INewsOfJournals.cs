namespace FundingFlows.Tiers;

/// <summary>Carries the news that a journal has moved to whoever listens. It may lose, repeat, reorder and delay what it was given.</summary>
public interface INewsOfJournals
{
    /// <summary>Whether there is anything here that carries news. Where there is not, nobody is told, and followers rely on streams.</summary>
    bool IsThere { get; }

    /// <summary>Hands the news over. Returns once it has been taken; throws anything when it could not be, and it is tried again.</summary>
    Task SendAsync(JournalMoved news, CancellationToken cancellation);
}
