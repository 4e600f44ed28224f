namespace FundingFlows.Verifier;

/// <summary>A place where no journal can be read: said when it is its turn, so that it hides nothing of the others.</summary>
internal sealed class UnreadablePlace(string name, string problem) : IJournalFiles
{
    public string Name => name;

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellation) => throw new UnreadableException(problem);

    public Task<byte[]?> ReadBeginningAsync(CancellationToken cancellation) => throw new UnreadableException(problem);
}
