using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Audit.Tests;

/// <summary>Stands before the real archive and fails as a store does, a few times.</summary>
internal sealed class FailingArchive : IReplicaArchive
{
    private readonly Lock gate = new();
    private IReplicaArchive real = null!;

    public int FailingWrites { get; set; }

    public int FailingReads { get; set; }

    public void StandBefore(IServiceCollection services) => services.AddSingleton<IReplicaArchive>(provider =>
    {
        real = provider.GetRequiredService<Archive>();
        return this;
    });

    public async IAsyncEnumerable<byte[]> ReadAsync(JournalKey journal, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var given = 0;
        await foreach (var bytes in real.ReadAsync(journal, from, cancellation))
        {
            if (++given > 2)
                FailIf(() => FailingReads > 0, () => FailingReads--);
            yield return bytes;
        }
    }

    public Task KeepAsync(JournalKey journal, IReadOnlyList<VerifiedEntry> verified, byte[] root, CancellationToken cancellation)
    {
        FailIf(() => FailingWrites > 0, () => FailingWrites--);
        return real.KeepAsync(journal, verified, root, cancellation);
    }

    public string? NoteOf(string origin) => real.NoteOf(origin);

    public Task KeepNoteAsync(string origin, long size, string note, CancellationToken cancellation) => real.KeepNoteAsync(origin, size, note, cancellation);

    private void FailIf(Func<bool> fails, Action count)
    {
        lock (gate)
        {
            if (!fails())
                return;
            count();
        }
        throw new StoreException(StoreFault.Full, "There is no room on the disk.");
    }
}
