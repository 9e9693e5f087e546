using Crm.Data;
using Crm.Imports.Trello;

namespace Crm.Imports;

/// <summary>Uploaded files, from the upload until their import has ended or was discarded.</summary>
public sealed class ImportFiles(DataFolder folder)
{
    public string PathOf(string name) => Path.Combine(folder.Imports, name);

    /// <summary>Writes the file to disk as it comes in.</summary>
    /// <returns>The name that it is kept under.</returns>
    public async Task<string> KeepAsync(IFormFile upload, CancellationToken cancel)
    {
        if (upload.Length > BoardFile.MaxBytes)
        {
            throw BoardFile.TooLarge(upload.Length);
        }

        var name = Guid.NewGuid().ToString("N");
        await Disk.WriteAsync(PathOf(name), file => upload.CopyToAsync(file, cancel));
        return name;
    }

    public void Remove(string name) => File.Delete(PathOf(name));

    /// <summary>Removes what a crash has left behind.</summary>
    public void Sweep(IReadOnlySet<string> wanted)
    {
        foreach (var file in Directory.EnumerateFiles(folder.Imports).Where(f => !wanted.Contains(Path.GetFileName(f))).ToList())
        {
            Disk.TryDelete(file);
        }
    }
}
