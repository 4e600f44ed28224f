using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Simulation;

/// <summary>
/// Something wrong with what a follower applies: between verifying entries and applying them it hands them to its archive, which may change them here.
/// Who has no archive gets one that keeps nothing.
/// </summary>
internal abstract class MisleadingArchive : Bug
{
    public override void Replace(Life life, IServiceCollection services) => services.AddSingleton<IReplicaArchive>(provider =>
        new Archive(this, life, life.Place.IsAudit ? provider.GetRequiredService<FundingFlows.Audit.Archive>() : null));

    /// <summary>Changes what will be applied.</summary>
    protected abstract void Change(Life life, JournalKey journal, List<VerifiedEntry> verified);

    private sealed class Archive(MisleadingArchive bug, Life life, IReplicaArchive? right) : IReplicaArchive
    {
        public async IAsyncEnumerable<byte[]> ReadAsync(JournalKey journal, long from, [EnumeratorCancellation] CancellationToken cancellation)
        {
            if (right is not null)
                await foreach (var bytes in right.ReadAsync(journal, from, cancellation))
                    yield return bytes;
        }

        public async Task KeepAsync(JournalKey journal, IReadOnlyList<VerifiedEntry> verified, byte[] root, CancellationToken cancellation)
        {
            if (right is not null)
                await right.KeepAsync(journal, verified, root, cancellation);
            bug.Change(life, journal, (List<VerifiedEntry>)verified);
        }

        public string? NoteOf(string origin) => right?.NoteOf(origin);

        public Task KeepNoteAsync(string origin, long size, string note, CancellationToken cancellation) => right?.KeepNoteAsync(origin, size, note, cancellation) ?? Task.CompletedTask;
    }
}
