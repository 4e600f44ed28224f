namespace FundingFlows.Support;

/// <summary>
/// A sidecar for each app of a topology, with the broker between them, and with its components. Where each is called is known before any starts, and stays
/// so whatever dies.
/// </summary>
public interface ISidecars : IAsyncDisposable
{
    /// <summary>Where an app publishes (by gRPC). As long as its sidecar is not there nobody answers.</summary>
    int PortOf(string app);

    /// <summary>Says where an app listens, or that it has come back elsewhere. Its sidecar finds out by itself when it is up.</summary>
    void Beside(string app, Uri address);

    /// <summary>Starts the sidecar of an app (again), and returns once it can be called. It does not wait for its app.</summary>
    Task StartAsync(string app);

    /// <summary>Ends a sidecar at once. What it had in hand stays with the broker.</summary>
    Task KillAsync(string app);

    /// <summary>All that the broker was given for a topic, in order, as it was given. What it has lost is not among it.</summary>
    Task<IReadOnlyList<byte[]>> GivenAsync(string topic);

    /// <summary>Gives the broker something that went through no sidecar.</summary>
    Task PutAsync(string topic, byte[] anything);

    /// <summary>The broker forgets all: what it was given, and who has heard what of it.</summary>
    Task EmptyAsync();
}
