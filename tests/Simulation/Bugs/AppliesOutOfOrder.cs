using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Simulation;

/// <summary>The follower applies out of order: what it kept comes back to it with two entries exchanged.</summary>
internal sealed class AppliesOutOfOrder : Bug
{
    public override void Replace(Life life, IServiceCollection services)
    {
        if (life.Place.IsAudit)
            services.AddSingleton<IReplicaArchive>(provider => new Exchanging(provider.GetRequiredService<FundingFlows.Audit.Archive>()));
    }

    private sealed class Exchanging(IReplicaArchive right) : IReplicaArchive
    {
        public async IAsyncEnumerable<byte[]> ReadAsync(JournalKey journal, long from, [EnumeratorCancellation] CancellationToken cancellation)
        {
            byte[]? held = null;
            var place = 0;
            await foreach (var bytes in right.ReadAsync(journal, from, cancellation))
            {
                if (++place == 2)
                {
                    held = bytes;
                    continue;
                }
                yield return bytes;
                if (held is not null)
                    yield return held;
                held = null;
            }
            if (held is not null)
                yield return held;
        }

        public Task KeepAsync(JournalKey journal, IReadOnlyList<VerifiedEntry> verified, byte[] root, CancellationToken cancellation) => right.KeepAsync(journal, verified, root, cancellation);

        public string? NoteOf(string origin) => right.NoteOf(origin);

        public Task KeepNoteAsync(string origin, long size, string note, CancellationToken cancellation) => right.KeepNoteAsync(origin, size, note, cancellation);
    }
}
