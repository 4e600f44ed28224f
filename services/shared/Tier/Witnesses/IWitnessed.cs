namespace FundingFlows.Tiers;

/// <summary>Which witnesses an instance has, and for which journals each of them cosigns.</summary>
public interface IWitnessed
{
    /// <summary>Whether there is a witness of that name here.</summary>
    Task<bool> IsThereAsync(string witness, CancellationToken cancellation);

    /// <summary>A body whose journals that witness cosigns. Null: it does not, or the body's key is not known (yet).</summary>
    Task<KnownBody?> FindAsync(string witness, string body, CancellationToken cancellation);
}

/// <summary>The one witness of an auditor: for every body whose key is known.</summary>
public sealed class WitnessedByAudit(WhoIsWho whoIsWho) : IWitnessed
{
    /// <summary>Its name, where a hosted body's witness has the body's id.</summary>
    public const string Name = "audit";

    public Task<bool> IsThereAsync(string witness, CancellationToken cancellation) => Task.FromResult(witness == Name);

    public async Task<KnownBody?> FindAsync(string witness, string body, CancellationToken cancellation) =>
        witness == Name ? await whoIsWho.FindAsync(body, cancellation) : null;
}

/// <summary>The witnesses of a tier's instance: each hosted body for those that it registered, until it handed their registrations over.</summary>
public sealed class WitnessedByRegistrars(BodyHost bodies, WhoIsWho whoIsWho) : IWitnessed
{
    public async Task<bool> IsThereAsync(string witness, CancellationToken cancellation) =>
        await ReadAsync(witness, books => books.Registrations.Count > 0, cancellation);

    public async Task<KnownBody?> FindAsync(string witness, string body, CancellationToken cancellation) =>
        await ReadAsync(witness, books => books.Registrations.ContainsKey(body) && books.Vesting?.TakerOf(Vesting.RegistrationOf(body)) is null, cancellation)
            ? await whoIsWho.FindAsync(body, cancellation) : null;

    private async Task<bool> ReadAsync(string witness, Func<Books, bool> read, CancellationToken cancellation)
    {
        try
        {
            return bodies.Find(witness) is { } hosted && await hosted.Sequencer.ReadAsync(read, cancellation);
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }
}
