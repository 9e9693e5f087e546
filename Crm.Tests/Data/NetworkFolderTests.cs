using Crm.Data;

namespace Crm.Tests.Data;

public sealed class NetworkFolderTests
{
    private static readonly string[] Mounts =
    [
        "/dev/vda1 / ext4 rw,relatime 0 0",
        "proc /proc proc rw 0 0",
        "files:/export /srv nfs4 rw,vers=4.2 0 0",
        "/dev/vdb /srv/crm xfs rw 0 0",
        @"//nas/team /mnt/Team\040files cifs rw,vers=3.0 0 0",
        "me@host:/ /home/me/remote fuse.sshfs rw 0 0",
        "share /mnt/vm 9p rw 0 0",
        "/dev/vdc /mnt/vm ext4 rw 0 0",
        "nonsense",
        "",
    ];

    [Theory]
    [InlineData("/data", "ext4", false)]
    [InlineData("/srv/data", "nfs4", true)]
    [InlineData("/srv/crm/data", "xfs", false)]
    [InlineData("/srv/crmdata", "nfs4", true)]
    [InlineData("/srv", "nfs4", true)]
    [InlineData("/mnt/Team files/data", "cifs", true)]
    [InlineData("/home/me/remote", "fuse.sshfs", true)]
    [InlineData("/mnt/vm/data", "ext4", false)]
    public void A_folder_lies_on_the_mount_that_is_nearest_and_newest(string path, string type, bool isNetwork)
    {
        var found = NetworkFolder.TypeOf(path, Mounts);

        Assert.Equal((type, isNetwork), (found, NetworkFolder.IsNetwork(found!)));
    }
}
